import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { awsClientOptions } from '../shared/aws-client.ts';
import { DelivererEnv } from '../shared/contract.ts';
import { requiredEnv } from '../shared/environment.ts';
import { createLedger } from '../shared/ledger/ledger.ts';
import { createTable } from '../shared/ledger/table.ts';
import { createLog } from '../shared/logger.ts';
import { withEssentialMetrics } from '../shared/metrics.ts';
import { settingsSource } from '../shared/settings/settings-source.ts';
import { parseWebhookSettings, type WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { runInvocation } from './invocation.ts';
import { createRecordQueue } from './record-queue.ts';
import { type ConnectedWebhookClient, createWebhookClient, type WebhookClient } from './webhook-client.ts';

const env = requiredEnv(DelivererEnv, process.env);
const sideBySide = Number(env.sideBySide);

const ledger = createLedger(createTable(new DynamoDBClient(awsClientOptions), env.tableName), () =>
  crypto.randomUUID(),
);
const sqs = new SQSClient({ ...awsClientOptions, useQueueUrlAsEndpoint: false });
const queue = createRecordQueue(sqs, env.queueUrl, env.deadLetterQueueUrl);
const settings = settingsSource(
  new SecretsManagerClient(awsClientOptions),
  env.secretId,
  parseWebhookSettings,
);

/** Kept while the settings stay the same, and with it the connections. */
let current: { readonly settings: WebhookSettings; readonly client: ConnectedWebhookClient } | undefined;

function clientFor(of: WebhookSettings): WebhookClient {
  if (current?.settings === of) return current.client;
  current?.client.close();
  const client = createWebhookClient(of, sideBySide, Date.now);
  current = { settings: of, client };
  return client;
}

/** Delivers up to ten events of the queue; the event source mapping bounds how many run at once. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const tell = createLog({ webhook: env.webhookName, requestId: context.awsRequestId });
  return await runInvocation(event, {
    settings,
    secretId: env.secretId,
    webhook: env.webhookName,
    client: clientFor,
    ledger,
    queue,
    tell: env.metrics === 'essential' ? withEssentialMetrics(tell) : tell,
    now: Date.now,
    random: Math.random,
    sideBySide,
    retryWindowSeconds: Number(env.retryWindowSeconds),
    remainingMs: context.getRemainingTimeInMillis.bind(context),
  });
}
