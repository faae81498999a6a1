import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { awsClientOptions } from '../shared/aws-client.ts';
import { POLLER_LAST_PAGE_SECONDS, POLLER_TIMEOUT_SECONDS, PollerEnv } from '../shared/contract.ts';
import { requiredEnv } from '../shared/environment.ts';
import type { Grouping } from '../shared/ledger/items.ts';
import { createLedger } from '../shared/ledger/ledger.ts';
import { createPauseSwitch } from '../shared/ledger/pause.ts';
import { createTable } from '../shared/ledger/table.ts';
import { createTell } from '../shared/logger.ts';
import { withEssentialMetrics } from '../shared/metrics.ts';
import { createEventQueue } from '../shared/queue/event-queue.ts';
import { CURRENT_RESOURCE_VERSION } from '../shared/resource-version.ts';
import { type Auth0Settings, parseAuth0Settings } from '../shared/settings/auth0-settings.ts';
import { settingsSource } from '../shared/settings/settings-source.ts';
import { distrustDroppedRoots } from '../shared/trusted-roots.ts';
import { pollEveryMs, pollUntilDue } from './poll-until-due.ts';
import { createLogClient, type LogClient } from './reading/log-client.ts';
import { runPoll } from './run-poll.ts';

distrustDroppedRoots();

/** Finishing a batch takes as many requests: ten fit into every plan's minute. */
const BATCH_PAGES = 10;

const env = requiredEnv(PollerEnv, process.env);
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const randomId = () => randomBytes(8).toString('hex');

const table = createTable(new DynamoDBClient(awsClientOptions), env.tableName);
const queue = createEventQueue(new SQSClient({ ...awsClientOptions, useQueueUrlAsEndpoint: false }), {
  queueUrl: env.queueUrl,
  deadLetterQueueUrl: env.deadLetterQueueUrl,
  sleep,
});
const grouping: Grouping = {
  order: env.order === 'total' ? 'total' : 'resource',
  version: CURRENT_RESOURCE_VERSION,
};
const ledger = createLedger(table, randomId);
const pauses = createPauseSwitch(table);
const settings = settingsSource(new SecretsManagerClient(awsClientOptions), env.secretId, parseAuth0Settings);

/** Kept while the credentials stay the same, and with it the token. */
let client: { readonly for: string; readonly log: LogClient } | undefined;

function logClient({ connection }: Auth0Settings): LogClient {
  const credentials = JSON.stringify(connection);
  if (client?.for !== credentials) client = { for: credentials, log: createLogClient(connection, sleep) };
  return client.log;
}

/** So long before its end the function begins no page, and has read the last one. */
const RESERVE_MS = (POLLER_TIMEOUT_SECONDS - POLLER_LAST_PAGE_SECONDS) * 1_000;
const PAGE_RESERVE_MS = 3_000;

/**
 * Runs once a minute by the schedule, which says in its event when to poll again within the minute;
 * one at a time.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
  const tell = createTell({ webhook: env.webhookName, requestId: context.awsRequestId });
  const timeLeftMs = () => context.getRemainingTimeInMillis();
  const poll = () =>
    runPoll({
      settings,
      secretId: env.secretId,
      webhook: env.webhookName,
      ledger,
      pauses,
      queue,
      connect: logClient,
      grouping,
      batchPages: BATCH_PAGES,
      tell: env.metrics === 'essential' ? withEssentialMetrics(tell) : tell,
      now: Date.now,
      sleep,
      randomId,
      mayStartPage: () => timeLeftMs() > RESERVE_MS,
      pageTimeMs: () => timeLeftMs() - PAGE_RESERVE_MS,
    });
  const everyMs = pollEveryMs(event);
  if (everyMs === undefined) await poll();
  else
    await pollUntilDue({
      poll,
      everyMs,
      now: Date.now,
      sleep,
      timeLeftMs: () => timeLeftMs() - PAGE_RESERVE_MS,
    });
}
