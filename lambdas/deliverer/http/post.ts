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
  /** For the whole call until the answer's headers; connecting may take at most 10 s of it. */
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
    const timeoutMs = Math.max(1, options.timeoutMs - (performance.now() - startedAt));
    if (error instanceof StaleConnectionError) return await postOnce({ ...options, timeoutMs });
    throw error;
  }
}

class StaleConnectionError extends Error {}

function postOnce({ url, headers, body, agent, timeoutMs, allowPrivate }: PostOptions): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(host) !== 0 && isPrivate(host)) throw new PrivateAddressError(); // no lookup for an address
    const payload = Buffer.from(body);
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
    const whole = setTimeout(() => end(new PostTimeoutError('response')), timeoutMs);
    const connecting = setTimeout(
      () => end(new PostTimeoutError('connect')),
      Math.min(CONNECT_MS, timeoutMs),
    );
    const stopTimers = () => {
      clearTimeout(whole);
      clearTimeout(connecting);
    };
    request.once('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) clearTimeout(connecting);
      else
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      end(stale ? new StaleConnectionError() : error);
    });
    request.once('response', (response) => {
      stopTimers();
      // The status is the answer: what breaks after it (a cut body, bytes too many) must not make a success a failure.
      request.removeAllListeners('error').on('error', () => {});
      answerOf(response).then(resolve, reject);
    });
    request.end(payload);
  });
}

async function answerOf(response: IncomingMessage): Promise<PostAnswer> {
  const status = response.statusCode ?? 0;
  const { location, 'retry-after': retryAfter } = response.headers;
  const excerpt = await readExcerpt(response, status < 200 || status > 299);
  return { status, retryAfter, location, excerpt };
}
