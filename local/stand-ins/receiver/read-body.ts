import type { IncomingMessage } from 'node:http';

/** Twice the largest message that SQS takes. */
const MOST_BYTES = 2 * 2 ** 20;

/** Reads the request's body; undefined when it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= MOST_BYTES) chunks.push(part);
  }
  return bytes <= MOST_BYTES ? Buffer.concat(chunks) : undefined;
}
