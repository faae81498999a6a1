import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** Attributes as SQS takes them. */
export function toSqsAttributes(
  texts: Readonly<Record<string, string>>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}

/** Those of SQS's attributes that are texts. Ours all are. */
export function fromSqsAttributes(
  attributes: Readonly<Record<string, MessageAttributeValue>> = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { StringValue }]) =>
      StringValue === undefined ? [] : [[name, StringValue] as const],
    ),
  );
}

/** Bytes that attributes add to a message's size. SQS counts name, value and type. */
export function sizeOfAttributes(texts: Readonly<Record<string, string>>): number {
  return Object.entries(texts).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value) + 'String'.length,
    0,
  );
}
