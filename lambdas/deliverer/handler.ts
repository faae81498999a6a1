import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { awsClientOptions } from '../shared/aws-client.ts';
import { DelivererEnv } from '../shared/contract.ts';
import { requiredEnv } from '../shared/environment.ts';
import { createLedger } from '../shared/ledger/ledger.ts';
import { createPauseSwitch } from '../shared/ledger/pause.ts';
import { createTable } from '../shared/ledger/table.ts';
import { createTell } from '../shared/logger.ts';
import { withEssentialMetrics } from '../shared/metrics.ts';
import { settingsSource } from '../shared/settings/settings-source.ts';
import { parseWebhookSettings, type WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { distrustDroppedRoots } from '../shared/trusted-roots.ts';
import { readCircumstances } from './circumstances.ts';
import { createEndpointStore } from './endpoint/store.ts';
import { type Caller, type InvocationDeps, runInvocation } from './invocation.ts';
import { keepSettings } from './kept-settings.ts';
import { createLease } from './lease.ts';
import { createRecordQueue } from './record-queue.ts';
import { createSettingsCheck } from './settings-check.ts';
import { type ConnectedWebhookClient, createWebhookClient } from './webhook-client.ts';

distrustDroppedRoots();

/** By then the next request's bytes are on their way. They wait for two turns of the event loop. */
const later = (work: () => void) => void setTimeout(work, 1);

const env = requiredEnv(DelivererEnv, process.env);
const sideBySide = Number(env.sideBySide);

const table = createTable(new DynamoDBClient(awsClientOptions), env.tableName);
const ledger = createLedger(table, () => crypto.randomUUID());
const endpoints = createEndpointStore(table);
const pauses = createPauseSwitch(table);
const sqs = new SQSClient({ ...awsClientOptions, useQueueUrlAsEndpoint: false });
const queue = createRecordQueue(sqs, env.queueUrl, env.deadLetterQueueUrl);
const secrets = new SecretsManagerClient(awsClientOptions);
const check = createSettingsCheck({ table, now: Date.now, sleep });
const kept = keepSettings((keptMs) =>
  settingsSource(secrets, env.secretId, parseWebhookSettings, { keptMs, check }),
);

/** Kept with its connections while the settings stay the same. */
let current:
  | {
      readonly settings: WebhookSettings;
      readonly caller: Caller & { readonly client: ConnectedWebhookClient };
    }
  | undefined;

function callerFor(of: WebhookSettings): Caller {
  if (current?.settings === of) return current.caller;
  current?.caller.client.close();
  const client = createWebhookClient(of, sideBySide, Date.now);
  const caller = { client, requestLimit: { bytes: Number.POSITIVE_INFINITY } };
  current = { settings: of, caller };
  return caller;
}

/**
 * Delivers up to ten events of the queue. The event source mapping limits how many invocations run
 * at once.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const tell = createTell({ webhook: env.webhookName, requestId: context.awsRequestId });
  const deps: InvocationDeps = {
    settings: kept.settings,
    secretId: env.secretId,
    webhook: env.webhookName,
    caller: callerFor,
    pauses,
    circumstances: () => readCircumstances(table),
    ledger,
    endpoints,
    queue,
    tell: env.metrics === 'essential' ? withEssentialMetrics(tell) : tell,
    now: Date.now,
    random: Math.random,
    sleep,
    later,
    concurrentCalls: Number(env.concurrentCalls),
    sideBySide,
    lease: env.takesLease === 'true' ? createLease(table, Date.now, context.awsRequestId) : undefined,
    retryWindowSeconds: Number(env.retryWindowSeconds),
    remainingMs: context.getRemainingTimeInMillis.bind(context),
  };
  return await kept.during(() => runInvocation(event, deps));
}
