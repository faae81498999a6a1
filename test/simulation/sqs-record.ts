import type { SQSRecord } from 'aws-lambda';
import type { Message } from './fifo-queue.ts';

/** Makes the record that Lambda hands to a function. */
export function toRecord(message: Message): SQSRecord {
  const attributes = Object.entries(message.attributes).map(([name, stringValue]) => [
    name,
    { dataType: 'String', stringValue },
  ]);
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
      MessageGroupId: message.group,
    },
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}
