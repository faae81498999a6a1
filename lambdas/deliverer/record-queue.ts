import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { MessageAttribute } from '../shared/contract.ts';
import { hideMessages } from '../shared/queue/hide.ts';
import { moved, type Queue } from '../shared/queue/queue.ts';
import { deleteMessages } from '../shared/queue/receive.ts';
import { sendMessage } from '../shared/queue/send.ts';
import { toAttributes } from '../shared/queue/webhook-message.ts';
import type { DeliveryRecord } from './records.ts';

/** Why an event was dead-lettered. */
export interface DeadLetterCause {
  readonly reason: string;
  readonly status: number | undefined;
  readonly attempts: number;
}

/** What the delivery function does with messages, besides letting them go. */
export interface RecordQueue {
  /**
   * Hides each record for its own time.
   * @returns those for which SQS refused it
   */
  hide(
    changes: readonly { readonly record: DeliveryRecord; readonly seconds: number }[],
  ): Promise<readonly { readonly record: DeliveryRecord; readonly code: string }[]>;
  /** Deletes messages. Lambda does so itself unless the invocation fails. */
  remove(receiptHandles: readonly string[]): Promise<void>;
  /**
   * Copies the event to the dead-letter queue, with the reason. The caller then lets its message
   * go.
   */
  deadLetter(record: DeliveryRecord, why: DeadLetterCause): Promise<void>;
  /** Does the same for a message that is none of ours. */
  deadLetterForeign(record: SQSRecord): Promise<void>;
}

export function createRecordQueue(
  client: SQSClient,
  queueUrl: string,
  deadLetterQueueUrl: string,
): RecordQueue {
  const events: Queue = { client, url: queueUrl };
  const deadLetters: Queue = { client, url: deadLetterQueueUrl };
  return {
    async hide(changes) {
      const refused = await hideMessages(
        events,
        changes.map(({ record, seconds }) => ({ record, receiptHandle: record.receiptHandle, seconds })),
      );
      return refused.map(({ change, code }) => ({ record: change.record, code }));
    },

    remove: (receiptHandles) => deleteMessages(events, receiptHandles),

    async deadLetter({ messageId, group, message }, { reason, status, attempts }) {
      // SQS takes ten attributes. Nothing waits for another event any more.
      const { [MessageAttribute.after]: _, ...attributes } = toAttributes(message);
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
