import { createHash } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sizeOfAttributes } from './attributes.ts';
import { countMessages, total } from './count.ts';
import { type Entry, enqueue } from './enqueue.ts';
import type { OutgoingMessage, Queue } from './queue.ts';
import { sendMessages } from './send.ts';
import { toAttributes, type WebhookMessage } from './webhook-message.ts';

/** Where events wait for their delivery. */
export interface EventQueue {
  /** Returns once SQS has accepted every message, in order per resource. */
  send(messages: readonly WebhookMessage[]): Promise<void>;
  /** Messages that wait on the queue and on the dead-letter queue, hidden ones included, by SQS's approximate counts. */
  counts(): Promise<EventCounts>;
}

export interface EventCounts {
  readonly waiting: number;
  readonly deadLettered: number;
}

export interface EventQueueOptions {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** One message group for everything (`concurrentCalls: 1`): the order is total. */
  readonly totalOrder: boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

const ONE_GROUP = 'all';

export function createEventQueue(client: SQSClient, options: EventQueueOptions): EventQueue {
  const { queueUrl, deadLetterQueueUrl, totalOrder, sleep } = options;
  const events: Queue = { client, url: queueUrl };
  const deadLetters: Queue = { client, url: deadLetterQueueUrl };

  async function send(call: readonly Sendable[]): Promise<readonly Sendable[]> {
    const refused = await sendMessages(events, call);
    return call.filter((_, index) => refused.has(index));
  }

  return {
    send: (messages) =>
      enqueue(
        messages.map((message) => sendable(message, totalOrder)),
        send,
        sleep,
      ),
    counts: async () => ({
      waiting: total(await countMessages(events)),
      deadLettered: total(await countMessages(deadLetters)),
    }),
  };
}

type Sendable = OutgoingMessage & Entry;

function sendable(message: WebhookMessage, totalOrder: boolean): Sendable {
  const attributes = toAttributes(message);
  return {
    body: message.body,
    group: totalOrder ? ONE_GROUP : message.resource,
    deduplicationId: deduplicationId(message),
    attributes,
    bytes: Buffer.byteLength(message.body) + sizeOfAttributes(attributes),
  };
}

/**
 * Of log_id and place. Sending a batch again within SQS's five minutes adds nothing; a batch that is read again is new.
 * The ordinal tells apart two entries of one batch that have the same content and no id of their own.
 */
function deduplicationId({ logId, batch, ordinal }: WebhookMessage): string {
  return createHash('sha256').update(`${logId} ${batch} ${ordinal}`).digest('hex');
}
