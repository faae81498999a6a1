import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientOptions } from '../connect/client-options.ts';
import { type DeployedStack, readStack } from '../connect/stack.ts';
import { webhookName } from '../connect/webhook-name.ts';
import type { GlobalOptions } from '../context.ts';
import { messageOf } from '../errors.ts';
import { type Finding, right, wrong } from './check.ts';

/** New accounts may run ten functions at a time, and reserve none of them. */
const LEAST_QUOTA = 100;
const DRIFT_TRIES = 15;
const DRIFT_MS = 2_000;

/** Credentials, region, quota, the stack and its drift. */
export async function checkAccount(global: GlobalOptions): Promise<readonly Finding[]> {
  const options = clientOptions(global);
  const { Account = '?', Arn = '' } = await new STSClient(options).send(new GetCallerIdentityCommand({}));
  const formation = new CloudFormationClient(options);
  const stack = await readStack(formation, await webhookName(global.name));
  return [
    right(`signed in to account ${Account} as ${Arn.split(':').at(-1)}, region ${stack.region}`),
    stackState(stack),
    await quota(new LambdaClient(options)),
    await drift(formation, stack),
  ];
}

function stackState({ name, status }: DeployedStack): Finding {
  return /^(CREATE|UPDATE)_COMPLETE$/.test(status)
    ? right(`the stack ${name} is ${status}`)
    : wrong(`the stack ${name} is ${status}`, `npx cdk diagnose ${name}, then deploy again`);
}

async function quota(client: LambdaClient): Promise<Finding> {
  try {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    return limit >= LEAST_QUOTA
      ? right(`the account may run ${limit} functions at a time`)
      : wrong(
          `the account may run only ${limit} functions at a time, and can reserve none`,
          'set reserveConcurrency to false in cdk.json, or ask AWS for a larger quota (Service Quotas, Lambda)',
        );
  } catch (error) {
    return wrong('the quota of Lambda is not known', messageOf(error));
  }
}

async function drift(client: CloudFormationClient, { name }: DeployedStack): Promise<Finding> {
  try {
    const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: name }));
    for (let tries = 0; tries < DRIFT_TRIES; tries++) {
      const {
        DetectionStatus,
        StackDriftStatus,
        DriftedStackResourceCount = 0,
      } = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
      if (DetectionStatus === 'DETECTION_FAILED') break;
      if (DetectionStatus === 'DETECTION_COMPLETE') {
        return StackDriftStatus === 'IN_SYNC'
          ? right('what is deployed is as the stack says')
          : wrong(
              `${DriftedStackResourceCount} resources were changed by hand`,
              `aws cloudformation describe-stack-resource-drifts --stack-name ${name} shows which; deploy again to take it back`,
            );
      }
      await sleep(DRIFT_MS);
    }
    return wrong('drift could not be told within half a minute', 'look at the stack in the console');
  } catch (error) {
    return wrong('drift is not known', messageOf(error));
  }
}
