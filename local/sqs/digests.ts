import { createHash } from 'node:crypto';
import type { Message } from './requests.ts';

export function md5(text: string | Buffer): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * SQS's digest of message attributes: by name, each part behind its length; 1 stands for a string.
 */
export function md5OfAttributes(attributes: Message['MessageAttributes']): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType, StringValue = '' } = attributes[name] ?? { DataType: '' };
    return [withLength(name), withLength(DataType), Buffer.from([1]), withLength(StringValue)];
  });
  return md5(Buffer.concat(parts));
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
