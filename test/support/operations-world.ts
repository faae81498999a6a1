import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { MessageAttribute } from '../../lambdas/shared/contract.ts';
import { createLedger } from '../../lambdas/shared/ledger/ledger.ts';
import { createPauseSwitch } from '../../lambdas/shared/ledger/pause.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { Queue } from '../../lambdas/shared/queue/queue.ts';
import { deleteMessage, receiveMessages } from '../../lambdas/shared/queue/receive.ts';
import { sendMessage } from '../../lambdas/shared/queue/send.ts';
import { toAttributes, type WebhookMessage } from '../../lambdas/shared/queue/webhook-message.ts';
import { startTable } from '../../local/dynamodb/table-service.ts';
import { clientOf } from '../../local/services/identity.ts';
import { startQueues } from '../../local/sqs/queues.ts';
import { temporaryDirectory } from '../local/support/temporary-directory.ts';
import { STATE_TABLE } from './state-table-definition.ts';

const FIFO = { FifoQueue: 'true', VisibilityTimeout: '540' };

export const LEDGER = 'ledger-1';
export const PREFIX = '900';

/** Makes a log_id of so many seconds after 2026-11-23 09:00 UTC. */
export function idAt(seconds: number): string {
  const time = new Date(Date.UTC(2026, 10, 23, 9, 0, seconds)).toISOString().replace(/\D/g, '');
  return (PREFIX + time).padEnd(56, '0');
}

export interface OperationsWorld extends OperationsDeps {
  readonly slept: number[];
  /** Makes a claimed and enqueued batch of so many events, from one position to another. */
  open(from: string, to: string, events: number): Promise<string>;
  /** Puts an event of a batch on the dead-letter queue. */
  bury(batch: string, ordinal: number, letter: Partial<WebhookMessage> & { reason?: string }): Promise<void>;
  /** Reads the log_ids on the queue, in the order in which SQS hands them out. */
  queued(): Promise<readonly string[]>;
  dead(): Promise<readonly string[]>;
}

/** What operations work on, on the embedded services: a table and the two queues. */
export async function operationsWorld(): Promise<OperationsWorld> {
  const { db, queue, deadLetterQueue } = await services();
  let drawn = 0;
  const randomId = () => `drawn-${++drawn}`;
  const table = createTable(db, STATE_TABLE.name);
  const ledger = createLedger(table, randomId);
  const slept: number[] = [];
  return {
    ledger,
    pauses: createPauseSwitch(table),
    queue,
    deadLetterQueue,
    now: Date.now,
    slept,
    sleep: async (ms) => {
      slept.push(ms);
    },
    randomId,
    async open(from, to, events) {
      const state = (await ledger.readState()) ?? (await ledger.createState(LEDGER, from, 1));
      if (!state) throw new Error('no state');
      const pending = new Set(Array.from({ length: events }, (_, ordinal) => ordinal));
      const id = await ledger.putBatch({ from, to, seq: state.seq + 1, openedAt: 1, oldestAt: 5, pending });
      await ledger.claim(state, { cursor: to });
      await ledger.markEnqueued({ id, round: 0 });
      return id;
    },
    async bury(batch, ordinal, { reason = 'status', ...letter }) {
      const message = {
        ledger: LEDGER,
        batch,
        ordinal,
        logId: idAt(ordinal),
        resource: 'users/a',
        body: '{}',
        ...letter,
      };
      await sendMessage(deadLetterQueue, {
        body: message.body,
        group: message.resource,
        deduplicationId: randomId(),
        attributes: { ...toAttributes(message), [MessageAttribute.reason]: reason },
      });
    },
    queued: () => idsOf(queue),
    dead: () => idsOf(deadLetterQueue),
  };
}

async function services() {
  const directory = await temporaryDirectory();
  const dynamodb = await startTable(directory, STATE_TABLE);
  const queues = await startQueues(directory);
  for (const name of ['events.fifo', 'dead.fifo']) queues.createQueue(name, FIFO);
  const db = new DynamoDBClient(clientOf(dynamodb.url));
  const client = new SQSClient(clientOf(queues.url));
  onTestFinished(async () => {
    db.destroy();
    client.destroy();
    await Promise.all([dynamodb.close(), queues.close()]);
  });
  const queue: Queue = { client, url: queues.urlOf('events.fifo') };
  const deadLetterQueue: Queue = { client, url: queues.urlOf('dead.fifo') };
  return { db, queue, deadLetterQueue };
}

async function idsOf(of: Queue): Promise<readonly string[]> {
  const found: string[] = [];
  for (;;) {
    const messages = await receiveMessages(of, { most: 10, hiddenSeconds: 60 });
    if (messages.length === 0) return found;
    found.push(...messages.map(({ attributes, messageId }) => attributes.log_id ?? messageId));
    // The embedded queue hands out one of a group. The next one comes only when this one is gone.
    for (const { receiptHandle } of messages) await deleteMessage(of, receiptHandle);
  }
}
