import { md5, md5OfAttributes } from './digests.ts';
import type { StoredMessage } from './message-rows.ts';
import { ATTRIBUTES } from './requests.ts';

/** A message as ReceiveMessage answers it, with all attributes, whichever were asked for. */
export function received(message: StoredMessage): object {
  const attributes = ATTRIBUTES.parse(JSON.parse(message.attributes));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: {
      SenderId: 'AIDALOCAL',
      SentTimestamp: String(message.sentAt),
      ApproximateReceiveCount: String(message.receives),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      MessageGroupId: message.group,
      MessageDeduplicationId: message.deduplicationId,
      SequenceNumber: sequenceNumber(message.seq),
    },
    MessageAttributes: attributes,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
}

/** A sequence number of twenty digits, as SQS's have. */
export function sequenceNumber(seq: number): string {
  return String(seq).padStart(20, '0');
}
