import type { SQSRecord } from 'aws-lambda';
import { fromAttributes, type WebhookMessage } from '../shared/queue/webhook-message.ts';

/** One message of the queue, as SQS handed it to this invocation. */
export interface DeliveryRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** The message group. Events of one group are attempted one after the other, in order. */
  readonly group: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly message: WebhookMessage;
}

export interface ParsedRecords {
  readonly ours: readonly DeliveryRecord[];
  /** Messages that somebody put on the queue by hand. They name no event, batch or order. */
  readonly foreign: readonly SQSRecord[];
}

export function parseRecords(records: readonly SQSRecord[]): ParsedRecords {
  const parsed = records.map((record) => ({ record, ours: parseRecord(record) }));
  return {
    ours: parsed.flatMap(({ ours }) => ours ?? []),
    foreign: parsed.flatMap(({ record, ours }) => (ours ? [] : [record])),
  };
}

/**
 * An event's place: where it is tracked, and its id. SQS may hand out one place twice. The id tells
 * test events apart, which no ledger tracks.
 */
export function placeOf({ message: { batch, ordinal, logId } }: DeliveryRecord): string {
  return `${batch} ${ordinal} ${logId}`;
}

function parseRecord({
  messageId,
  receiptHandle,
  body,
  attributes,
  messageAttributes,
}: SQSRecord): DeliveryRecord | undefined {
  const texts = Object.fromEntries(
    Object.entries(messageAttributes).map(([name, { stringValue }]) => [name, stringValue]),
  );
  const message = fromAttributes(body, texts);
  if (!message) return undefined;
  return {
    messageId,
    receiptHandle,
    message,
    group: attributes.MessageGroupId ?? message.resource,
    sentAt: Number(attributes.SentTimestamp),
    receiveCount: Number(attributes.ApproximateReceiveCount),
  };
}
