import { LogReadError } from './log-read-error.ts';

/** Auth0's answer to one request, whatever its status. */
export interface LogAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the body was larger than allowed. It was not read to its end then. */
  readonly text: string | undefined;
  /** Size of the decoded body. */
  readonly bytes: number;
  /** Auth0's clock when it answered, in epoch milliseconds; undefined where it does not say. */
  readonly readAt: number | undefined;
}

export interface RequestLimits {
  readonly timeoutMs: number;
  /** The size at which a body is broken off: 100 entries may have 100 MB. */
  readonly mostBytes: number;
}

/** Makes one GET. Throws a LogReadError when there was no whole answer. */
export async function requestLog(url: string, token: string, limits: RequestLimits): Promise<LogAnswer> {
  const signal = AbortSignal.timeout(Math.max(1, Math.floor(limits.timeoutMs)));
  const response = await answered(url, token, signal);
  const readAt = Date.parse(response.headers.get('date') ?? '') || undefined;
  const body = await bodyOf(response, limits.mostBytes).catch((cause: unknown) => {
    throw noAnswer('Auth0 broke off its answer', cause);
  });
  return { status: response.status, headers: response.headers, readAt, ...body };
}

async function answered(url: string, token: string, signal: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  try {
    return await fetch(url, { headers, redirect: 'error', signal });
  } catch (cause) {
    throw noAnswer('Auth0 did not answer', cause);
  }
}

async function bodyOf(response: Response, mostBytes: number) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the rest of the body, and with it the connection.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return { text: undefined, bytes };
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString('utf8'), bytes };
}

function noAnswer(message: string, cause: unknown): LogReadError {
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
  return new LogReadError('auth0.unavailable', timedOut ? 'Auth0 did not answer in time' : message, {
    cause,
    timedOut,
  });
}
