import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { GlobalOptions } from '../context.ts';
import { firingAlarms } from './alarms.ts';
import { clientOptions } from './client-options.ts';
import type { Connection, SecretKind } from './connection.ts';
import { followLines } from './live-tail.ts';
import { searchLines } from './log-lines.ts';
import { operationsOf } from './operations-of.ts';
import { runFunction } from './run-function.ts';
import { RUNBOOK } from './runbook.ts';
import { readSecret, secretChangedAt, writeSecret } from './secrets.ts';
import { type DeployedStack, readStack } from './stack.ts';
import { webhookName } from './webhook-name.ts';
import { lineWriter } from './write-lines.ts';

/**
 * Connects to a deployed webhook. Throws a CliError, or AWS's own error, when its stack cannot be
 * read.
 */
export async function connectToStack(global: GlobalOptions): Promise<Connection> {
  const options = clientOptions(global);
  const name = await webhookName(global.name);
  const stack = await readStack(new CloudFormationClient(options), name);
  const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
  const secrets = new SecretsManagerClient(options);
  // FilterLogEvents takes a few calls a second, so throttled ones are tried again.
  const logs = new CloudWatchLogsClient({ ...options, maxAttempts: 8, disableHostPrefix: hasOwnEndpoint() });
  const secretId = (kind: SecretKind) => `${name}/${kind}`;
  return {
    name,
    place: `${name} in ${stack.region}`,
    isLocal: false,
    linesLateMs: 10_000,
    ...operationsOf(new DynamoDBClient(options), sqs, stack),
    readSecret: (kind) => readSecret(secrets, secretId(kind)),
    writeSecret: (kind, text) => writeSecret(secrets, secretId(kind), text),
    settingsChangedAt: () => secretChangedAt(secrets, secretId('auth0')),
    runPoller: () => runFunction(new LambdaClient(options), stack.poller),
    lines: (query) => searchLines(logs, stack, query),
    writeLines: lineWriter(logs, stack.deliverer),
    follow: (signal) => followLines(logs, stack, signal),
    firingAlarms: () => firingAlarms(new CloudWatchClient(options), name),
    links: linksOf(stack),
    close: async () => {},
  };
}

/**
 * True when another address stands for AWS's, as an emulator's does. AWS's live tail has a host of
 * its own (`stream-logs.`), and an emulator has none.
 */
function hasOwnEndpoint(): boolean {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS } = process.env;
  return (AWS_ENDPOINT_URL_CLOUDWATCH_LOGS ?? AWS_ENDPOINT_URL ?? '') !== '';
}

function linksOf({ outputs }: DeployedStack): Connection['links'] {
  const given = (ending: string) =>
    Object.entries(outputs).flatMap(([key, value]) => (key.endsWith(ending) ? [value] : []));
  return {
    dashboard: given('DashboardLink'),
    runbook: [RUNBOOK],
    secrets: given('SettingsLink'),
  };
}
