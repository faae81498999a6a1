import type { SQSRecord } from 'aws-lambda';
import { fromAttributes } from '../shared/queue/webhook-message.ts';
import type { DeliveryRecord } from './delivery.ts';

/** A record of ours, with what SQS needs to change its visibility or to move it. */
export interface QueueRecord extends DeliveryRecord {
  readonly receiptHandle: string;
}

export interface ParsedRecords {
  readonly ours: readonly QueueRecord[];
  /** Somebody put them on the queue by hand: there is no event, batch or order to go by. */
  readonly foreign: readonly SQSRecord[];
}

export function parseRecords(records: readonly SQSRecord[]): ParsedRecords {
  const parsed = records.map((record) => ({ record, ours: parseRecord(record) }));
  return {
    ours: parsed.flatMap(({ ours }) => ours ?? []),
    foreign: parsed.flatMap(({ record, ours }) => (ours ? [] : [record])),
  };
}

function parseRecord({
  messageId,
  receiptHandle,
  body,
  attributes,
  messageAttributes,
}: SQSRecord): QueueRecord | undefined {
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
