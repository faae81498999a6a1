import { createHash } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Order } from '../ledger/items.ts';
import { sizeOfAttributes } from './attributes.ts';
import { countMessages, total } from './count.ts';
import { type Entry, enqueue } from './enqueue.ts';
import type { OutgoingMessage, Queue } from './queue.ts';
import { sendMessages } from './send.ts';
import { toAttributes, type WebhookMessage } from './webhook-message.ts';

/** Where events wait for their delivery. */
export interface EventQueue {
  /** Returns once SQS has accepted every message, in order per resource. */
  send(messages: readonly WebhookMessage[], order: Order): Promise<void>;
  /**
   * Messages that wait on the queue and on the dead-letter queue, hidden ones included, by SQS's
   * approximate counts.
   */
  counts(): Promise<EventCounts>;
}

export interface EventCounts {
  readonly waiting: number;
  readonly deadLettered: number;
}

export interface EventQueueOptions {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly sleep: (ms: number) => Promise<void>;
}

/** With total order (`concurrentCalls: 1`) everything is in one message group. */
const ONE_GROUP = 'all';

export function groupOf(resource: string, order: Order): string {
  return order === 'total' ? ONE_GROUP : resource;
}

export function createEventQueue(client: SQSClient, options: EventQueueOptions): EventQueue {
  const { queueUrl, deadLetterQueueUrl, sleep } = options;
  const events: Queue = { client, url: queueUrl };
  const deadLetters: Queue = { client, url: deadLetterQueueUrl };

  async function send(call: readonly Sendable[]): Promise<readonly Sendable[]> {
    const refused = await sendMessages(events, call);
    return call.filter((_, index) => refused.has(index));
  }

  return {
    send: (messages, order) =>
      enqueue(
        messages.map((message) => sendable(message, order)),
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

function sendable(message: WebhookMessage, order: Order): Sendable {
  const attributes = toAttributes(message);
  return {
    body: message.body,
    group: groupOf(message.resource, order),
    deduplicationId: deduplicationId(message),
    attributes,
    bytes: Buffer.byteLength(message.body) + sizeOfAttributes(attributes),
  };
}

/**
 * The deduplication id is made of log_id and place. A batch that is sent again within five minutes
 * adds nothing, as SQS drops it; a batch that is read again is new. The ordinal tells apart two
 * entries of one batch that have the same content and no id of their own.
 */
function deduplicationId({ logId, batch, ordinal }: WebhookMessage): string {
  return createHash('sha256').update(`${logId} ${batch} ${ordinal}`).digest('hex');
}
