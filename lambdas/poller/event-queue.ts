import { createHash } from 'node:crypto';
import { GetQueueAttributesCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { toAttributes, type WebhookMessage } from '../shared/webhook-message.ts';
import { enqueue } from './enqueue.ts';

/** Where events wait for their delivery. */
export interface EventQueue {
  /** Returns once SQS has accepted every message, in order per resource. */
  send(messages: readonly WebhookMessage[]): Promise<void>;
  /** True when neither the queue nor the dead-letter queue holds a message, visible or in flight. */
  isEmpty(): Promise<boolean>;
}

export interface EventQueueOptions {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** One message group for everything (`concurrentCalls: 1`): the order is total. */
  readonly totalOrder: boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

const ONE_GROUP = 'all';
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export function createEventQueue(client: SQSClient, options: EventQueueOptions): EventQueue {
  const { queueUrl, deadLetterQueueUrl, totalOrder, sleep } = options;

  async function sendBatch(entries: readonly Sendable[]): Promise<readonly Sendable[]> {
    const Entries = entries.map(({ message, group, attributes }, index) => ({
      Id: String(index),
      MessageBody: message.body,
      MessageGroupId: group,
      MessageDeduplicationId: deduplicationId(message),
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    const refused = new Set(Failed.map(({ Id }) => Id));
    return entries.filter((_, index) => refused.has(String(index)));
  }

  async function count(QueueUrl: string): Promise<number> {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] }),
    );
    return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  }

  return {
    send: (messages) =>
      enqueue(
        messages.map((message) => sendable(message, totalOrder)),
        sendBatch,
        sleep,
      ),
    isEmpty: async () => (await count(queueUrl)) === 0 && (await count(deadLetterQueueUrl)) === 0,
  };
}

interface Sendable {
  readonly message: WebhookMessage;
  readonly group: string;
  readonly bytes: number;
  readonly attributes: Readonly<Record<string, string>>;
}

function sendable(message: WebhookMessage, totalOrder: boolean): Sendable {
  const attributes = toAttributes(message);
  const ofAttributes = Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value) + 'String'.length,
    0,
  );
  const bytes = Buffer.byteLength(message.body) + ofAttributes;
  return { message, attributes, bytes, group: totalOrder ? ONE_GROUP : message.resource };
}

/**
 * Of log_id and place: sending a batch again within SQS's 5 minutes adds nothing; a batch read again is new. The ordinal
 * tells apart two odd entries of one batch that have the same content and no id of their own.
 */
function deduplicationId({ logId, batch, ordinal }: WebhookMessage): string {
  return createHash('sha256').update(`${logId} ${batch} ${ordinal}`).digest('hex');
}
