import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Message, Sent } from './fifo-queue.ts';

interface SendInput {
  readonly MessageBody?: string | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
}

/** Makes the message that the queue keeps of what was sent. */
export function sentOf(input: SendInput): Sent {
  const {
    MessageBody = '',
    MessageGroupId = '',
    MessageDeduplicationId = '',
    MessageAttributes = {},
  } = input;
  const attributes = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
    name,
    StringValue,
  ]);
  return {
    body: MessageBody,
    group: MessageGroupId,
    deduplicationId: MessageDeduplicationId,
    attributes: Object.fromEntries(attributes),
  };
}

/** Makes the message that a receive answers. */
export function toMessage({ id, receipt, body, group, sentAt, receiveCount, attributes }: Message): object {
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    Body: body,
    Attributes: {
      MessageGroupId: group,
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: String(receiveCount),
    },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
    ),
  };
}
