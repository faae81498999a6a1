import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { createLedger } from '../ledger/ledger.ts';
import { createPauseSwitch } from '../ledger/pause.ts';
import { createTable } from '../ledger/table.ts';
import type { OperationsDeps } from './operations-deps.ts';

export interface Places {
  readonly tableName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/**
 * Makes the operations' dependencies from clients: those of a deployed stack, or of the run on this
 * machine.
 */
export function operationsOn(
  dynamodb: DynamoDBClient,
  sqs: SQSClient,
  { tableName, queueUrl, deadLetterQueueUrl }: Places,
): OperationsDeps {
  const table = createTable(dynamodb, tableName);
  const randomId = () => randomBytes(8).toString('hex');
  return {
    ledger: createLedger(table, randomId),
    pauses: createPauseSwitch(table),
    queue: { client: sqs, url: queueUrl },
    deadLetterQueue: { client: sqs, url: deadLetterQueueUrl },
    now: Date.now,
    sleep: async (ms) => {
      await sleep(ms);
    },
    randomId,
  };
}
