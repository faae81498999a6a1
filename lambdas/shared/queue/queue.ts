import type { SQSClient } from '@aws-sdk/client-sqs';

/** One queue of SQS, and the client that reaches it. */
export interface Queue {
  readonly client: SQSClient;
  readonly url: string;
}

/** A message as it is sent. */
export interface OutgoingMessage {
  readonly body: string;
  /**
   * The message group. SQS hands out its messages in order, and none while an earlier one is
   * hidden.
   */
  readonly group: string;
  /** SQS drops a second message with this id for five minutes, and still says that it took it. */
  readonly deduplicationId: string;
  /** Names and values; all are texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message as it was received. Its receipt is good until the message is received again. */
export interface ReceivedMessage extends OutgoingMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receiveCount: number;
}

/**
 * The message for another queue (to the dead-letter queue, or a redrive). Send it, then delete the
 * old one: the other way round a crash loses it. Its deduplication id is the old message's own id.
 * With the event's id SQS would drop an event that comes back within five minutes of its redrive.
 */
export function moved(
  {
    messageId,
    body,
    group,
    attributes,
  }: Pick<ReceivedMessage, 'messageId' | 'body' | 'group' | 'attributes'>,
  added: Readonly<Record<string, string>> = {},
): OutgoingMessage {
  return { body, group, deduplicationId: messageId, attributes: { ...attributes, ...added } };
}
