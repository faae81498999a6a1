import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { MessageAttribute } from '../shared/contract.ts';
import { moved, type Queue } from '../shared/queue/queue.ts';
import { sendMessage } from '../shared/queue/send.ts';
import { toAttributes } from '../shared/queue/webhook-message.ts';
import type { DeadLetter } from './delivery.ts';
import type { QueueRecord } from './records.ts';

/** What the delivery function does with messages besides letting them go. */
export interface RecordQueue {
  postpone(record: Pick<QueueRecord, 'receiptHandle'>, seconds: number): Promise<void>;
  /** Copies the event to the dead-letter queue, with the reason; the caller then lets its message go. */
  deadLetter(record: QueueRecord, why: DeadLetter): Promise<void>;
  /** The same for a message that is none of ours. */
  deadLetterForeign(record: SQSRecord): Promise<void>;
}

export function createRecordQueue(
  client: SQSClient,
  queueUrl: string,
  deadLetterQueueUrl: string,
): RecordQueue {
  const deadLetters: Queue = { client, url: deadLetterQueueUrl };
  return {
    async postpone({ receiptHandle }, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },

    async deadLetter({ messageId, group, message }, { reason, status, attempts }) {
      const attributes = toAttributes(message);
      const why = {
        [MessageAttribute.reason]: reason,
        [MessageAttribute.attempts]: String(attempts),
        ...(status === undefined ? {} : { [MessageAttribute.status]: String(status) }),
      };
      await sendMessage(deadLetters, moved({ messageId, group, body: message.body, attributes }, why));
    },

    async deadLetterForeign({ messageId, attributes: { MessageGroupId: group = 'foreign' }, body }) {
      const why = { [MessageAttribute.reason]: 'not-an-event' };
      await sendMessage(deadLetters, moved({ messageId, group, body, attributes: {} }, why));
    },
  };
}
