import type { SQSEvent, SQSMessageAttribute, SQSRecord } from 'aws-lambda';
import * as z from 'zod';

const received = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  MD5OfMessageAttributes: z.string().optional(),
  Attributes: z.looseObject({
    ApproximateReceiveCount: z.string(),
    SentTimestamp: z.string(),
    SenderId: z.string().default(''),
    ApproximateFirstReceiveTimestamp: z.string().default(''),
  }),
  MessageAttributes: z
    .record(
      z.string(),
      z.object({
        DataType: z.string(),
        StringValue: z.string().optional(),
        BinaryValue: z.instanceof(Uint8Array).optional(),
      }),
    )
    .default({}),
});

/** The event that Lambda makes of received messages. */
export function sqsEvent(messages: readonly object[], queueArn: string, region: string): SQSEvent {
  return { Records: messages.map((message) => recordOf(received.parse(message), queueArn, region)) };
}

function recordOf(message: z.infer<typeof received>, eventSourceARN: string, awsRegion: string): SQSRecord {
  const { MD5OfMessageAttributes: md5 } = message;
  const attributes = Object.entries(message.MessageAttributes).map(([name, value]) => [
    name,
    attributeOf(value),
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    ...(md5 === undefined ? {} : { md5OfMessageAttributes: md5 }),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

function attributeOf(value: z.infer<typeof received>['MessageAttributes'][string]): SQSMessageAttribute {
  const { DataType, StringValue, BinaryValue } = value;
  return {
    dataType: DataType,
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
  };
}
