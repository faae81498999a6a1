import type { IncomingMessage } from 'node:http';

/** What a person needs to see of an error page. */
const EXCERPT_BYTES = 1024;
/** An answer up to this size is read to its end, so that the connection can be kept; a longer one is dropped. */
const DRAIN_BYTES = 64 * 1024;
/** The status is known: the body of a failure may take this long, if the time-out leaves so much. */
const BODY_MS = 2_000;
/** Nobody reads the body of a success, and the next attempt waits for its connection. */
const SUCCESS_BODY_MS = 100;

/**
 * The first kilobyte of the body if it is wanted, without control characters; the rest is drained or the connection dropped.
 * Never throws: the status has been answered, whatever becomes of the body.
 */
export async function readExcerpt(
  response: IncomingMessage,
  wanted: boolean,
  leftMs: number,
): Promise<string | undefined> {
  if (wanted) return printable(await drain(response, Math.min(BODY_MS, Math.max(1, leftMs))));
  void drain(response, SUCCESS_BODY_MS); // a success need not wait for its body
  return undefined;
}

function drain(response: IncomingMessage, milliseconds: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let keptBytes = 0;
    let seen = 0;
    const finish = () => {
      clearTimeout(timer);
      resolve(Buffer.concat(kept).subarray(0, EXCERPT_BYTES));
    };
    const drop = () => {
      response.destroy();
      finish();
    };
    const timer = setTimeout(drop, milliseconds);
    timer.unref();
    response.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (keptBytes < EXCERPT_BYTES) {
        const part = chunk.subarray(0, EXCERPT_BYTES - keptBytes);
        kept.push(Buffer.from(part)); // a copy: a slice would keep the whole chunk in memory
        keptBytes += part.length;
      }
      if (seen > DRAIN_BYTES) drop();
    });
    response.once('end', finish);
    response.once('error', finish);
    response.once('close', finish);
  });
}

function printable(bytes: Buffer): string | undefined {
  const text = bytes
    .toString('utf8')
    .replace(/[\p{C}\ufffd]+/gu, ' ')
    .trim();
  return text === '' ? undefined : text;
}
