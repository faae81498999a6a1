import {
  type ClientRequest,
  type Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { readExcerpt } from './excerpt.ts';
import { isPrivate, PrivateAddressError, publicLookup } from './private-address.ts';

export interface PostOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agent: HttpAgent | HttpsAgent;
  /** For the whole call; connecting may take at most 10 s of it, the body of a failure 2 s. */
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
}

export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly location: string | undefined;
  /** Beginning of the body of an answer that is no success. */
  readonly excerpt: string | undefined;
}

export class PostTimeoutError extends Error {
  readonly phase: 'connect' | 'response';

  constructor(phase: 'connect' | 'response') {
    super(`time-out: ${phase}`);
    this.name = 'PostTimeoutError';
    this.phase = phase;
  }
}

const CONNECT_MS = 10_000;
/** A connection that the receiver closed long ago fails at once; what takes longer may be the receiver's work (Svix: < 1 s). */
const STALE_MS = 500;

/**
 * One POST over node:http or node:https (undici alone would weigh 523 kB in the bundle). No redirect is followed; the
 * status is the answer, so a success does not wait for its body. Throws what the connection throws.
 */
export async function post(options: PostOptions): Promise<PostAnswer> {
  const startedAt = performance.now();
  try {
    return await postOnce(options);
  } catch (error) {
    // A kept-alive connection that the receiver closed while the function was frozen: at once again, under the same id.
    // Both together within the time-out: whoever started the attempt reckons with one.
    if (!(error instanceof StaleConnectionError)) throw error;
    const timeoutMs = Math.max(1, options.timeoutMs - (performance.now() - startedAt));
    dropIdle(options.agent); // they were kept as long, and would be as stale
    return await postOnce({ ...options, timeoutMs });
  }
}

class StaleConnectionError extends Error {}

function dropIdle({ freeSockets }: HttpAgent | HttpsAgent): void {
  for (const sockets of Object.values(freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

function postOnce({ url, headers, body, agent, timeoutMs, allowPrivate }: PostOptions): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) throw new PrivateAddressError(); // no lookup for an address
    const payload = Buffer.from(body);
    const startedAt = performance.now();
    let isConnected = false;
    let readBefore = 0; // bytes that the connection has answered to earlier requests
    const request: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': payload.length },
      ...(allowPrivate ? {} : { lookup: publicLookup }),
    });
    const end = (error: Error) => {
      stopTimers();
      request.destroy();
      reject(error);
    };
    const whole = setTimeout(
      () => end(new PostTimeoutError(isConnected ? 'response' : 'connect')),
      timeoutMs,
    );
    const connecting = setTimeout(
      () => end(new PostTimeoutError('connect')),
      Math.min(CONNECT_MS, timeoutMs),
    );
    const stopTimers = () => {
      clearTimeout(whole);
      clearTimeout(connecting);
    };
    const connected = () => {
      isConnected = true;
      clearTimeout(connecting);
    };
    request.once('socket', (socket) => {
      readBefore = socket.bytesRead;
      if (request.reusedSocket || !socket.connecting) connected();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      const isReset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      const isAtOnce = performance.now() - startedAt < STALE_MS && request.socket?.bytesRead === readBefore;
      end(request.reusedSocket && isReset && isAtOnce ? new StaleConnectionError() : error);
    });
    const unanswered = () => end(new Error('closed without an answer')); // after 101, which nobody asked for
    request.once('close', unanswered);
    request.once('response', (response) => {
      stopTimers();
      request.off('close', unanswered);
      // A receiver that answered before it read the whole body may never read the rest, and all later attempts would wait for it.
      response.once('close', () => {
        if (!request.writableFinished) request.destroy();
      });
      // The status is the answer: what breaks after it (a cut body, bytes too many) must not make a success a failure.
      request.removeAllListeners('error').on('error', () => {});
      answerOf(response, timeoutMs - (performance.now() - startedAt)).then(resolve, reject);
    });
    request.end(payload);
  });
}

async function answerOf(response: IncomingMessage, leftMs: number): Promise<PostAnswer> {
  const status = response.statusCode ?? 0;
  const { location, 'retry-after': retryAfter } = response.headers;
  const excerpt = await readExcerpt(response, status < 200 || status > 299, leftMs);
  return { status, retryAfter, location, excerpt };
}
