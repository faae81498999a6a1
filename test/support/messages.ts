import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { WebhookMessage } from '../../lambdas/shared/queue/webhook-message.ts';
import { sqsRecord } from './sqs-record.ts';

export function webhookMessage(overrides: Partial<WebhookMessage> = {}): WebhookMessage {
  const base = {
    ledger: 'ledger-1',
    batch: 'batch#1#1#r',
    ordinal: 0,
    logId: '900',
    resource: 'users/auth0|1',
  };
  return { ...base, body: '{"log_id":"900"}', date: '2026-11-23T09:00:00.000Z', ...overrides };
}

/** Receives what is visible, as the event source mapping does; several of a group at once. */
export async function received(client: SQSClient, QueueUrl: string): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** Makes the record that Lambda hands to a function of a received message. */
export function asRecord({
  MessageId,
  ReceiptHandle,
  Body,
  Attributes,
  MessageAttributes = {},
}: Message): SQSRecord {
  const texts = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
  return sqsRecord({
    messageId: MessageId ?? '',
    receiptHandle: ReceiptHandle ?? '',
    body: Body ?? '',
    group: Attributes?.MessageGroupId,
    sentAt: Number(Attributes?.SentTimestamp ?? 0),
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    attributes: Object.fromEntries(texts),
  });
}
