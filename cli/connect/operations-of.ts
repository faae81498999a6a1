import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { createEndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { operationsOn, type Places } from '../../lambdas/shared/operations/operations-on.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import type { Connection } from './connection.ts';

/** Builds the operations' dependencies from clients that reach the webhook. */
export function operationsOf(
  dynamodb: DynamoDBClient,
  sqs: SQSClient,
  places: Places,
): Pick<Connection, 'operations' | 'events' | 'storedEndpoint'> {
  const operations = operationsOn(dynamodb, sqs, places);
  const endpoint = createEndpointStore(createTable(dynamodb, places.tableName));
  return {
    operations,
    storedEndpoint: async () => (await endpoint.read()).value,
    events: createEventQueue(sqs, { ...places, sleep: operations.sleep }),
  };
}
