import { createHash } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Order } from '../ledger/items.ts';
import { sizeOfAttributes } from './attributes.ts';
import { countMessages, total } from './count.ts';
import { type Entry, enqueue } from './enqueue.ts';
import { enqueueQuickly } from './enqueue-quickly.ts';
import type { OutgoingMessage, Queue } from './queue.ts';
import { sendMessages } from './send.ts';
import { toAttributes, type WebhookMessage } from './webhook-message.ts';

/** The queue in which events wait for their delivery. */
export interface EventQueue {
  /** Sends messages, in order within a resource. Returns once SQS has accepted all of them. */
  send(messages: readonly WebhookMessage[], order: Order): Promise<void>;
  /**
   * Sends messages with as few calls as it takes.
   * @returns why SQS may have some of a resource in the wrong order, or not all of them; undefined
   *   when it has all in order
   */
  sendQuickly(messages: readonly WebhookMessage[], order: Order): Promise<string | undefined>;
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
  /**
   * Makes a client that repeats no request. A repetition whose first answer was lost would hide
   * what that one refused. Without such a client `sendQuickly` does the same as `send`.
   */
  readonly once?: () => SQSClient;
}

/** The one message group of total order (`concurrentCalls: 1`). */
const ONE_GROUP = 'all';

export function groupOf(resource: string, order: Order): string {
  return order === 'total' ? ONE_GROUP : resource;
}

export function createEventQueue(client: SQSClient, options: EventQueueOptions): EventQueue {
  const { queueUrl, deadLetterQueueUrl, sleep, once } = options;
  const events: Queue = { client, url: queueUrl };
  const deadLetters: Queue = { client, url: deadLetterQueueUrl };

  const sendBy = (queue: Queue) => async (call: readonly Sendable[]) => {
    const refused = await sendMessages(queue, call);
    return call.filter((_, index) => refused.has(index));
  };
  const send = async (messages: readonly WebhookMessage[], order: Order) =>
    await enqueue(sendable(messages, order), sendBy(events), sleep);

  // Made when it is needed, as it would take a part of each cold start, and most pages have one
  // event of each resource.
  let quick: Queue | undefined;

  return {
    send,

    async sendQuickly(messages, order) {
      if (once) {
        const sendOnce = async (call: readonly Sendable[]) => {
          quick ??= { ...events, client: once() };
          return await sendBy(quick)(call);
        };
        const calls = { send: sendBy(events), sendOnce, sleep };
        return await enqueueQuickly(sendable(inFile(messages, order), order), calls);
      }
      await send(messages, order);
      return undefined;
    },

    counts: async () => ({
      waiting: total(await countMessages(events)),
      deadLettered: total(await countMessages(deadLetters)),
    }),
  };
}

type Sendable = OutgoingMessage & Entry;

/** Says of each message which one is before it in its group. */
function inFile(messages: readonly WebhookMessage[], order: Order): readonly WebhookMessage[] {
  const last = new Map<string, number>();
  return messages.map((message) => {
    const group = groupOf(message.resource, order);
    const after = last.get(group);
    last.set(group, message.ordinal);
    return after === undefined ? message : { ...message, after };
  });
}

function sendable(messages: readonly WebhookMessage[], order: Order): readonly Sendable[] {
  return messages.map((message) => {
    const attributes = toAttributes(message);
    return {
      body: message.body,
      group: groupOf(message.resource, order),
      deduplicationId: deduplicationId(message),
      attributes,
      bytes: Buffer.byteLength(message.body) + sizeOfAttributes(attributes),
    };
  });
}

/**
 * The deduplication id has the log_id, the place and the round. A call that is made again within
 * five minutes adds nothing, as SQS drops what it has. A batch that is read again has new places,
 * and one that is sent anew has a new round, so that neither is dropped. The ordinal tells two
 * entries of one batch apart that have the same content and no id of their own.
 */
function deduplicationId({ logId, batch, ordinal, round = 0 }: WebhookMessage): string {
  return createHash('sha256').update(`${logId} ${batch} ${ordinal} ${round}`).digest('hex');
}
