import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Queue } from './queue.ts';

/** SQS's own counts. They are approximate, and right about a minute after the last change. */
export interface QueueCounts {
  readonly visible: number;
  /** Messages that were handed out, or are hidden until a later try. */
  readonly hidden: number;
  readonly delayed: number;
}

const NAMES = {
  visible: 'ApproximateNumberOfMessages',
  hidden: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const;

/** SQS's answer lacks a count. */
class NotCountedError extends Error {
  constructor(attribute: string) {
    super(`SQS does not say ${attribute}: try again`);
    this.name = 'NotCountedError';
  }
}

/**
 * Counts the messages of a queue. Throws when the answer lacks a count: taken for 0, messages that
 * wait would seem to be lost, and would be read again.
 */
export async function countMessages({ client, url }: Queue): Promise<QueueCounts> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: Object.values(NAMES) }),
  );
  const count = (attribute: (typeof NAMES)[keyof typeof NAMES]) => {
    const text = Attributes[attribute] ?? '';
    if (!/^\d+$/.test(text)) throw new NotCountedError(attribute);
    return Number(text);
  };
  return { visible: count(NAMES.visible), hidden: count(NAMES.hidden), delayed: count(NAMES.delayed) };
}

/** True when the queue holds no message, hidden ones included. */
export async function isEmpty(queue: Queue): Promise<boolean> {
  return total(await countMessages(queue)) === 0;
}

export function total({ visible, hidden, delayed }: QueueCounts): number {
  return visible + hidden + delayed;
}
