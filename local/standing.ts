import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { checkpointOf, createLedger } from '../lambdas/shared/ledger/ledger.ts';
import { createTable } from '../lambdas/shared/ledger/table.ts';
import { countMessages, total } from '../lambdas/shared/queue/count.ts';
import { clientOf } from './services/identity.ts';

/** Where things stand, by the ledger and the queues. */
export interface Standing {
  /** Matched, neither delivered nor on the dead-letter queue. */
  readonly pending: number;
  readonly deadLettered: number;
  /** Messages that wait to be delivered or are being delivered. */
  readonly queued: number;
  readonly checkpoint: string;
  readonly cursor: string;
}

export interface StandingSources {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly tableName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** Reads them anew at each call. */
export function standingReader(sources: StandingSources): () => Promise<Standing> {
  const table = createTable(new DynamoDBClient(clientOf(sources.dynamodb)), sources.tableName);
  const ledger = createLedger(table, () => crypto.randomUUID());
  const sqs = new SQSClient(clientOf(sources.sqs));

  const messages = async (url: string) => total(await countMessages({ client: sqs, url }));

  return async () => {
    // The state before the batches, or a batch that is newer would hold back the checkpoint (DESIGN §4).
    const state = await ledger.readState();
    const batches = await ledger.openBatches();
    const deadLettered = await messages(sources.deadLetterQueueUrl);
    const open = batches.reduce((sum, { pending }) => sum + pending.size, 0);
    return {
      pending: Math.max(0, open - deadLettered), // a dead-lettered event stays pending in the ledger
      deadLettered,
      queued: await messages(sources.queueUrl),
      checkpoint: state ? checkpointOf(state, batches) : '',
      cursor: state?.cursor ?? '',
    };
  };
}
