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

/**
 * The pages of a batch at most. Finishing a batch reads all of them again, and ten requests fit
 * into every plan's minute.
 */
const BATCH_PAGES = 10;

const env = requiredEnv(PollerEnv, process.env);
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const randomId = () => randomBytes(8).toString('hex');

const table = createTable(new DynamoDBClient(awsClientOptions), env.tableName);
const sqsOptions = { ...awsClientOptions, useQueueUrlAsEndpoint: false };
const sqs = new SQSClient(sqsOptions);
const queue = createEventQueue(sqs, {
  queueUrl: env.queueUrl,
  deadLetterQueueUrl: env.deadLetterQueueUrl,
  sleep,
  once: () => new SQSClient({ ...sqsOptions, requestHandler: sqs.config.requestHandler, maxAttempts: 1 }),
});
const grouping: Grouping = {
  order: env.order === 'total' ? 'total' : 'resource',
  version: CURRENT_RESOURCE_VERSION,
};
const ledger = createLedger(table, randomId);
const pauses = createPauseSwitch(table);
const settings = settingsSource(new SecretsManagerClient(awsClientOptions), env.secretId, parseAuth0Settings);

/** The client, kept with its token while the credentials stay the same. */
let client: { readonly for: string; readonly log: LogClient } | undefined;

function logClient({ connection }: Auth0Settings): LogClient {
  const credentials = JSON.stringify(connection);
  if (client?.for !== credentials) client = { for: credentials, log: createLogClient(connection, sleep) };
  return client.log;
}

/**
 * No page begins within this time before the function has to end, and the last page has been read
 * by then.
 */
const RESERVE_MS = (POLLER_TIMEOUT_SECONDS - POLLER_LAST_PAGE_SECONDS) * 1_000;
const PAGE_RESERVE_MS = 3_000;

/**
 * Runs once a minute by the schedule, one invocation at a time. The schedule's event says how often
 * to poll within the minute.
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
