import * as z from 'zod';
import type { QueueService } from '../sqs/queues.ts';

/** SQS's longest long poll. */
const WAIT_SECONDS = 20;

const answered = z.object({
  Messages: z.array(z.looseObject({ ReceiptHandle: z.string() })).default([]),
});
const refused = z.object({ Failed: z.array(z.object({ Code: z.string() })).default([]) });

/** A message as SQS answers it. */
export type ReceivedMessage = z.infer<typeof answered>['Messages'][number];

/** A queue, as the event source mapping uses it. */
export interface MappedQueue {
  /** Waits up to 20 s for a first message; gives nothing once the signal has come. */
  receive(most: number, stopping: AbortSignal): Promise<readonly ReceivedMessage[]>;
  /** Gives SQS's codes for those that it refused to delete. */
  remove(receipts: readonly string[]): Promise<readonly string[]>;
  /** Lets others have the messages at once. */
  giveBack(receipts: readonly string[]): Promise<void>;
}

/**
 * The queue of that URL, called without a request: the mapping is in the same process, and its
 * requests to itself were a fifth of all that a run did.
 */
export function mappedQueue(queues: Pick<QueueService, 'call'>, QueueUrl: string): MappedQueue {
  const never = new AbortController().signal;
  return {
    async receive(MaxNumberOfMessages, stopping) {
      const input = { QueueUrl, MaxNumberOfMessages, WaitTimeSeconds: WAIT_SECONDS };
      return answered.parse(await queues.call('ReceiveMessage', input, stopping)).Messages;
    },

    async remove(receipts) {
      const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      const answer = await queues.call('DeleteMessageBatch', { QueueUrl, Entries }, never);
      return refused.parse(answer).Failed.map(({ Code }) => Code);
    },

    async giveBack(receipts) {
      const Entries = receipts.map((ReceiptHandle, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await queues.call('ChangeMessageVisibilityBatch', { QueueUrl, Entries }, never);
    },
  };
}
