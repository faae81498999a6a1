import * as z from 'zod';

/** The requests of SQS's JSON protocol that are understood here, and what of them counts. */
const receipt = z.object({ ReceiptHandle: z.string() });
const visibility = receipt.extend({ VisibilityTimeout: z.number().int().min(0).max(43_200) });
export const ATTRIBUTES = z.record(
  z.string(),
  z.object({ DataType: z.string(), StringValue: z.string().optional() }),
);
const message = z.object({
  MessageBody: z.string().min(1),
  MessageGroupId: z.string().min(1).max(128),
  MessageDeduplicationId: z.string().min(1).max(128),
  MessageAttributes: ATTRIBUTES.default({}),
});
const queue = z.object({ QueueUrl: z.string() });

function batch<T extends z.ZodRawShape>(entry: z.ZodObject<T>) {
  return queue.extend({
    Entries: z
      .array(entry.extend({ Id: z.string() }))
      .min(1)
      .max(10),
  });
}

export const REQUESTS = {
  SendMessage: queue.extend(message.shape),
  SendMessageBatch: batch(message),
  ReceiveMessage: queue.extend({
    MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
    WaitTimeSeconds: z.number().int().min(0).max(20).default(0),
    VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
  }),
  DeleteMessage: queue.extend(receipt.shape),
  DeleteMessageBatch: batch(receipt),
  ChangeMessageVisibility: queue.extend(visibility.shape),
  ChangeMessageVisibilityBatch: batch(visibility),
  GetQueueAttributes: queue,
  PurgeQueue: queue,
} as const;

export type Message = z.infer<typeof message>;

/** SQS's limit for one message, and for all of one batch. */
export const MOST_BYTES = 1024 * 1024;

/** Bytes as SQS counts them: the body, and the name, type and value of each attribute. */
export function bytesOf({ MessageBody, MessageAttributes }: Message): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue = '' }]) => name + DataType + StringValue,
  );
  return Buffer.byteLength(MessageBody) + attributes.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
