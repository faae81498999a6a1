import type { Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';
import { ConnectionLostError, PostTimeoutError } from './post-error.ts';

/**
 * The longest answer that is read to its end, so that its connection can be kept. A longer one is
 * dropped.
 */
const DRAIN_BYTES = 64 * 1024;
/**
 * How long the body of a failure may take, if the time-out leaves so much. Its status is known
 * already.
 */
const BODY_MS = 2_000;
/**
 * How long the end of a success is waited for, though nobody reads its body. Until it has ended its
 * answer, or is cut off, the receiver would have one request too many at a time.
 */
const SUCCESS_BODY_MS = 100;

export interface Exchanged {
  readonly status: number;
  /** Values by name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The beginning of a failure's body, without control characters; undefined for a success. */
  readonly excerpt: string | undefined;
}

/**
 * Sends a request and reads its answer. The status decides: what breaks after the head (a cut body,
 * bytes too many) does not make a failure of a success.
 * @param release gets the connection back once, perhaps after the promise has resolved; with the
 *   answer's headers if it can be used again
 * @throws {PostTimeoutError | ConnectionLostError | MalformedAnswerError}
 */
export function exchange(
  socket: Socket,
  request: Buffer,
  timeoutMs: number,
  release: (reusable: ReadonlyMap<string, string> | undefined) => void,
): Promise<Exchanged> {
  const startedAt = performance.now();
  const reader = new AnswerReader();
  const { promise, resolve, reject } = Promise.withResolvers<Exchanged>();
  let isSent = false;
  let timer = setTimeout(() => fail(new PostTimeoutError('response')), timeoutMs);

  const leave = () => {
    clearTimeout(timer);
    socket.off('data', read).off('end', ended).off('error', lost).off('close', closed);
    // A receiver that answered before it read the whole request may never read the rest. The next
    // request on this connection would wait for it.
    release(reader.isClean && isSent ? reader.head?.headers : undefined);
  };
  const fail = (error: unknown) => {
    leave();
    reject(error);
  };
  const finish = () => {
    leave();
    resolve(exchanged(reader));
  };
  const read = (chunk: Buffer) => {
    const hadHead = reader.head !== undefined;
    try {
      reader.read(chunk);
    } catch (error) {
      return reader.head ? finish() : fail(error);
    }
    if (reader.head && (reader.isOver || reader.bytes > DRAIN_BYTES)) finish();
    else if (reader.head && !hadHead) awaitBody(isSuccess(reader.head.status));
  };
  const awaitBody = (succeeded: boolean) => {
    clearTimeout(timer);
    const leftMs = Math.max(1, timeoutMs - (performance.now() - startedAt));
    timer = setTimeout(finish, succeeded ? SUCCESS_BODY_MS : Math.min(BODY_MS, leftMs));
  };
  const ended = () => {
    try {
      reader.end();
    } catch (error) {
      return reader.head ? finish() : fail(error);
    }
    lost({ code: 'closed' });
  };
  const closed = () => lost({ code: 'closed' });
  const lost = ({ code = '' }: { readonly code?: string }) =>
    reader.head ? finish() : fail(new ConnectionLostError(code, reader.bytes > 0));

  socket.on('data', read).on('end', ended).on('error', lost).on('close', closed);
  socket.write(request, (error) => {
    isSent = !error;
  });
  return promise;
}

function exchanged({ head, excerpt }: AnswerReader): Exchanged {
  const status = head?.status ?? 0;
  return {
    status,
    headers: head?.headers ?? new Map(),
    excerpt: isSuccess(status) ? undefined : printable(excerpt),
  };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

function printable(bytes: Buffer): string | undefined {
  const text = bytes
    .toString('utf8')
    .replace(/[\p{C}\ufffd]+/gu, ' ')
    .trim();
  return text === '' ? undefined : text;
}
