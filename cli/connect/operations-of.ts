import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { operationsOn, type Places } from '../../lambdas/shared/operations/operations-on.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import type { Connection } from './connection.ts';

/** What the commands work on, by the clients that reach it. */
export function operationsOf(
  dynamodb: DynamoDBClient,
  sqs: SQSClient,
  places: Places,
): Pick<Connection, 'operations' | 'events'> {
  const operations = operationsOn(dynamodb, sqs, places);
  return {
    operations,
    events: createEventQueue(sqs, { ...places, sleep: operations.sleep }),
  };
}
