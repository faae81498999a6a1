import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { toSqsAttributes } from './attributes.ts';
import type { OutgoingMessage, Queue } from './queue.ts';

/** Sends a message. Returns once SQS has accepted it. */
export async function sendMessage({ client, url }: Queue, message: OutgoingMessage): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl: url, ...inputOf(message) }));
}

/**
 * Sends up to ten messages in one call.
 * @returns the indexes of those that SQS refused
 */
export async function sendMessages(
  { client, url }: Queue,
  messages: readonly OutgoingMessage[],
): Promise<ReadonlySet<number>> {
  const Entries = messages.map((message, index) => ({ Id: String(index), ...inputOf(message) }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  return new Set(Failed.map(({ Id }) => Number(Id)));
}

function inputOf({ body, group, deduplicationId, attributes }: OutgoingMessage) {
  return {
    MessageBody: body,
    MessageGroupId: group,
    MessageDeduplicationId: deduplicationId,
    MessageAttributes: toSqsAttributes(attributes),
  };
}
