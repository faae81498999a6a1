import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { fromSqsAttributes, sizeOfAttributes } from '../../lambdas/shared/queue/attributes.ts';
import type { Clock } from './clock.ts';
import type { Counts } from './counts.ts';
import type { FreeQueue, Sent } from './free-queue.ts';

export const QUEUE_URL = 'https://sqs/events.fifo';
export const DEAD_LETTER_URL = 'https://sqs/dead.fifo';

/** Bytes of payload that are billed as one request. */
const CHUNK_BYTES = 64 * 1024;

export function chunks(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / CHUNK_BYTES));
}

/** What both functions call of SQS. The queue costs nothing but what is counted. */
export function freeSqs(queue: FreeQueue, counts: Counts, clock: Clock, callMs: number): SQSClient {
  function execute(command: unknown): object {
    if (command instanceof SendMessageBatchCommand) return send(command.input.Entries ?? []);
    if (command instanceof GetQueueAttributesCommand) {
      counts.add('sqs.attributes');
      const waiting = command.input.QueueUrl === QUEUE_URL ? queue.waiting : 0;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(waiting),
          ApproximateNumberOfMessagesNotVisible: '0',
          ApproximateNumberOfMessagesDelayed: '0',
        },
      };
    }
    if (command instanceof ChangeMessageVisibilityBatchCommand) {
      counts.add('sqs.change');
      for (const { ReceiptHandle = '', VisibilityTimeout = 0 } of command.input.Entries ?? [])
        queue.hide(ReceiptHandle, VisibilityTimeout);
      return {};
    }
    if (command instanceof SendMessageCommand) {
      counts.add('sqs.deadLetter');
      return {};
    }
    throw new Error('an SQS command that this queue does not know');
  }

  function send(entries: readonly SendMessageBatchRequestEntry[]): object {
    const sent = entries.map(sentOf);
    counts.add('sqs.send', chunks(sent.reduce((sum, { bytes }) => sum + bytes, 0)));
    for (const each of sent) queue.send(each);
    return { Successful: entries.map(({ Id }) => ({ Id })) };
  }

  const client = {
    async send(command: unknown): Promise<object> {
      if (callMs > 0) await clock.sleep(callMs);
      return execute(command);
    },
  };
  return client as unknown as SQSClient;
}

function sentOf(entry: SendMessageBatchRequestEntry): Sent {
  const attributes = fromSqsAttributes(entry.MessageAttributes);
  const body = entry.MessageBody ?? '';
  return {
    body,
    group: entry.MessageGroupId ?? '',
    deduplicationId: entry.MessageDeduplicationId ?? '',
    attributes,
    bytes: Buffer.byteLength(body) + sizeOfAttributes(attributes),
  };
}
