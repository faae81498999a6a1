import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientOptions } from '../connect/client-options.ts';
import { type DeployedStack, readStack } from '../connect/stack.ts';
import { webhookName } from '../connect/webhook-name.ts';
import type { GlobalOptions } from '../context.ts';
import { messageOf } from '../errors.ts';
import { type Finding, right, unknown, wrong } from './check.ts';

/**
 * Lambda keeps 100 of an account's concurrent runs unreserved. A new account has ten, and can
 * reserve none.
 */
const LEAST_QUOTA = 100;
const DRIFT_TRIES = 15;
const DRIFT_MS = 2_000;

export interface CheckedAccount {
  readonly findings: readonly Finding[];
  /** False when every other check would fail for the same reason. */
  readonly goesOn: boolean;
}

/** Checks credentials, region, quota, the stack, and what was changed by hand. */
export async function checkAccount(global: GlobalOptions): Promise<CheckedAccount> {
  const name = await webhookName(global.name);
  const options = clientOptions(global);
  const formation = new CloudFormationClient(options);
  const findings: Finding[] = [];
  try {
    const region = await formation.config.region();
    const { Account = '?', Arn = '' } = await new STSClient(options).send(new GetCallerIdentityCommand({}));
    findings.push(right(`signed in to account ${Account} as ${Arn.split(':').at(-1)}, region ${region}`));
  } catch (error) {
    return { findings: [wrong('nobody is signed in to AWS', messageOf(error))], goesOn: false };
  }
  try {
    const stack = await readStack(formation, name);
    findings.push(stackState(stack), await quota(new LambdaClient(options)), await drift(formation, stack));
    return { findings, goesOn: true };
  } catch (error) {
    return { findings: [...findings, wrong('the stack is not found', messageOf(error))], goesOn: false };
  }
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
    return unknown('the quota of Lambda is not known', messageOf(error));
  }
}

async function drift(client: CloudFormationClient, { name }: DeployedStack): Promise<Finding> {
  try {
    const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: name }));
    for (let tries = 0; tries < DRIFT_TRIES; tries++) {
      const { DetectionStatus, DetectionStatusReason, StackDriftStatus } = await client.send(
        new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
      );
      if (DetectionStatus === 'DETECTION_FAILED')
        return unknown('drift is not known', DetectionStatusReason ?? 'CloudFormation could not tell it');
      if (DetectionStatus === 'DETECTION_COMPLETE')
        return StackDriftStatus === 'IN_SYNC'
          ? right('what is deployed is as the stack says')
          : await drifted(client, name);
      await sleep(DRIFT_MS);
    }
    return unknown('drift could not be told within half a minute', 'look at the stack in the console');
  } catch (error) {
    return unknown('drift is not known', messageOf(error));
  }
}

async function drifted(client: CloudFormationClient, name: string): Promise<Finding> {
  const { StackResourceDrifts = [] } = await client.send(
    new DescribeStackResourceDriftsCommand({
      StackName: name,
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
    }),
  );
  const changes = StackResourceDrifts.map(
    ({ LogicalResourceId, StackResourceDriftStatus, PropertyDifferences = [] }) => {
      const paths = PropertyDifferences.map(({ PropertyPath }) => PropertyPath).join(', ');
      return `${LogicalResourceId} ${StackResourceDriftStatus?.toLowerCase()}${paths === '' ? '' : ` (${paths})`}`;
    },
  );
  return wrong(
    `${changes.length} resources were changed by hand: ${changes.join('; ')}`,
    'deploy again to take it back, or write it into cdk.json',
  );
}
