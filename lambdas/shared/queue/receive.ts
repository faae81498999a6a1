import {
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { fromSqsAttributes } from './attributes.ts';
import type { Queue, ReceivedMessage } from './queue.ts';

export interface ReceiveOptions {
  /** Messages at most, 1 to 10. */
  readonly most: number;
  /** Seconds for which the messages are hidden, and their groups with them. */
  readonly hiddenSeconds: number;
  /** Seconds to wait for a first message, up to 20. */
  readonly waitSeconds?: number;
}

/**
 * Receives messages that are visible, in order within a group. Each receive counts towards
 * `maxReceiveCount`.
 */
export async function receiveMessages(
  { client, url }: Queue,
  { most, hiddenSeconds, waitSeconds = 0 }: ReceiveOptions,
): Promise<readonly ReceivedMessage[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: most,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages.map(received);
}

/** Deletes a message. Its receipt is good until the message is received again. */
export async function deleteMessage({ client, url }: Queue, receiptHandle: string): Promise<void> {
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receiptHandle }));
}

/** Deletes up to ten messages in one call; throws when SQS refuses one. */
export async function deleteMessages(
  { client, url }: Queue,
  receiptHandles: readonly string[],
): Promise<void> {
  const Entries = receiptHandles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  if (Failed.length > 0) throw new Error(`SQS refused to delete ${Failed.length} messages`);
}

function received({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes = {},
  MessageAttributes,
}: Message): ReceivedMessage {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    group: Attributes.MessageGroupId ?? '',
    deduplicationId: Attributes.MessageDeduplicationId ?? '',
    attributes: fromSqsAttributes(MessageAttributes),
    sentAt: Number(Attributes.SentTimestamp ?? 0),
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? 1),
  };
}
