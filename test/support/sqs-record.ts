import type { SQSRecord } from 'aws-lambda';

/** The parts of a record that our code reads. */
export interface RecordParts {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly group?: string | undefined;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Makes a record as Lambda hands it to a function. */
export function sqsRecord(parts: RecordParts): SQSRecord {
  const { messageId, receiptHandle, body, group, sentAt, receiveCount } = parts;
  const attributes = Object.entries(parts.attributes).map(([name, stringValue]) => [
    name,
    { dataType: 'String', stringValue },
  ]);
  return {
    messageId,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}
