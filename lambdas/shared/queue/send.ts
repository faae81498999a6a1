import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { toSqsAttributes } from './attributes.ts';
import type { OutgoingMessage, Queue } from './queue.ts';

/** Sends a message. Returns once SQS has accepted it. */
export async function sendMessage({ client, url }: Queue, message: OutgoingMessage): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl: url, ...inputOf(message) }));
}

/**
 * Sends up to ten messages in one call. Only those count as taken of which the answer says so: a
 * batch whose event is on no queue would be marked as sent. To send one again does no harm, as SQS
 * drops what it has.
 * @returns the indexes of those that SQS refused
 */
export async function sendMessages(
  { client, url }: Queue,
  messages: readonly OutgoingMessage[],
): Promise<ReadonlySet<number>> {
  const Entries = messages.map((message, index) => ({ Id: String(index), ...inputOf(message) }));
  const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  const taken = new Set(Successful.map(({ Id }) => Number(Id)));
  return new Set([...messages.keys()].filter((index) => !taken.has(index)));
}

function inputOf({ body, group, deduplicationId, attributes }: OutgoingMessage) {
  return {
    MessageBody: body,
    MessageGroupId: group,
    MessageDeduplicationId: deduplicationId,
    MessageAttributes: toSqsAttributes(attributes),
  };
}
