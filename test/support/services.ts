import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { createTable, type Table } from '../../lambdas/shared/ledger/table.ts';
import { clientOf } from '../../local/services/identity.ts';
import { type SecretService, startSecrets } from '../../local/services/secrets.ts';
import { startQueues } from '../../local/sqs/queues.ts';
import { dynaliteWith } from './dynalite.ts';
import { folderForTest } from './folder.ts';
import { STATE_TABLE } from './state-table-definition.ts';

/** Starts a state table on dynalite, which ends with the test. */
export async function stateTable(): Promise<{ url: string; client: DynamoDBClient; table: Table }> {
  const { url, client } = await dynaliteWith(STATE_TABLE);
  return { url, client, table: createTable(client, STATE_TABLE.name) };
}

export interface TestQueues {
  readonly url: string;
  readonly client: SQSClient;
  readonly events: { readonly url: string };
  readonly deadLetters: { readonly url: string };
}

/** Makes the two FIFO queues on the embedded SQS, which end with the test. */
export async function eventQueues(): Promise<TestQueues> {
  const service = await startQueues(await folderForTest());
  const attributes = {
    FifoQueue: 'true',
    VisibilityTimeout: '540',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  };
  const client = new SQSClient({ ...clientOf(service.url), useQueueUrlAsEndpoint: false });
  onTestFinished(async () => {
    client.destroy();
    await service.close();
  });
  for (const name of ['events.fifo', 'events-dead.fifo']) service.createQueue(name, attributes);
  return {
    url: service.url,
    client,
    events: { url: service.urlOf('events.fifo') },
    deadLetters: { url: service.urlOf('events-dead.fifo') },
  };
}

/** Starts a Secrets Manager endpoint, which ends with the test. */
export async function secretsManager(): Promise<{ service: SecretService; client: SecretsManagerClient }> {
  const service = await startSecrets(join(await folderForTest(), 'secrets.json'));
  const client = new SecretsManagerClient({ ...clientOf(service.url), maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await service.close();
  });
  return { service, client };
}
