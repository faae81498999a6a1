import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Queue } from './queue.ts';

/** SQS's own counts. They are approximate, and right about a minute after the last change. */
export interface QueueCounts {
  readonly visible: number;
  /** Messages that were handed out, or are hidden until a later try. */
  readonly hidden: number;
  readonly delayed: number;
}

export async function countMessages({ client, url }: Queue): Promise<QueueCounts> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}

/** True when the queue holds no message, hidden ones included. */
export async function isEmpty(queue: Queue): Promise<boolean> {
  return total(await countMessages(queue)) === 0;
}

export function total({ visible, hidden, delayed }: QueueCounts): number {
  return visible + hidden + delayed;
}
