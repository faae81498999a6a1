import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { MessageAttribute } from '../shared/contract.ts';
import { toAttributes } from '../shared/webhook-message.ts';
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
  async function move(
    messageId: string,
    group: string,
    body: string,
    attributes: Record<string, string>,
  ): Promise<void> {
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: body,
        MessageGroupId: group,
        // The moved message's own id: by the event's, SQS would drop an event that is back here within 5 minutes of a redrive.
        MessageDeduplicationId: messageId,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, StringValue]) => [
            name,
            { DataType: 'String', StringValue },
          ]),
        ),
      }),
    );
  }

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
      await move(messageId, group, message.body, {
        ...toAttributes(message),
        [MessageAttribute.reason]: reason,
        [MessageAttribute.attempts]: String(attempts),
        ...(status === undefined ? {} : { [MessageAttribute.status]: String(status) }),
      });
    },

    async deadLetterForeign({ messageId, attributes, body }) {
      await move(messageId, attributes.MessageGroupId ?? 'foreign', body, {
        [MessageAttribute.reason]: 'not-an-event',
      });
    },
  };
}
