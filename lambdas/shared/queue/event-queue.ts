import { createHash } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Order } from '../ledger/items.ts';
import { sizeOfAttributes } from './attributes.ts';
import { countMessages, total } from './count.ts';
import { type Entry, enqueue } from './enqueue.ts';
import type { OutgoingMessage, Queue } from './queue.ts';
import { sendMessages } from './send.ts';
import { toAttributes, type WebhookMessage } from './webhook-message.ts';

/** The queue in which events wait for their delivery. */
export interface EventQueue {
  /** Sends messages, in order within a resource. Returns once SQS has accepted all of them. */
  send(messages: readonly WebhookMessage[], order: Order): Promise<void>;
  /**
   * Counts the messages on the queue and on the dead-letter queue, hidden ones included. SQS's
   * counts are approximate.
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

/** The one message group of total order (`concurrentCalls: 1`). */
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
 * The deduplication id has the log_id and the place. A batch that is sent again within five minutes
 * adds nothing, as SQS drops it. A batch that is read again has new places, and is not dropped. The
 * ordinal tells two entries of one batch apart that have the same content and no id of their own.
 */
function deduplicationId({ logId, batch, ordinal }: WebhookMessage): string {
  return createHash('sha256').update(`${logId} ${batch} ${ordinal}`).digest('hex');
}
