import type { Connections } from './connections.ts';
import { type Exchanged, exchange } from './exchange.ts';
import type { Connection } from './idle.ts';
import { ConnectionLostError } from './post-error.ts';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: Connections;
  /**
   * Milliseconds for the whole call. Connecting takes at most 10 s of it, the body of a failure 2
   * s.
   */
  readonly timeoutMs: number;
}

const CONNECT_MS = 10_000;
/**
 * How soon a connection fails that the receiver closed long ago. A later failure may be the
 * receiver's work (Svix: < 1 s).
 */
const STALE_MS = 500;

/**
 * Makes one POST of HTTP/1.1. Follows no redirect. Throws what connecting and the exchange throw.
 */
export async function post({ url, headers, body, connections, timeoutMs }: Post): Promise<Exchanged> {
  const request = requestBytes(url, headers, body);
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  const leftMs = () => Math.max(1, timeoutMs - elapsedMs());
  const on = (connection: Connection) =>
    exchange(connection.socket, request, leftMs(), (reusable) => {
      if (reusable) connections.keep(connection, { seconds: keepAliveSeconds(reusable) });
      else connection.socket.destroy();
    });

  const kept = await connections.takeIdle();
  if (kept) {
    try {
      return await on(kept);
    } catch (error) {
      // The receiver closed the connection while it was idle. The request goes again at once on a
      // new one, under the same id. Both tries together stay within the time-out, as whoever
      // started the attempt reckons with one.
      if (!isStale(error) || elapsedMs() >= STALE_MS) throw error;
      connections.dropIdle(); // they were kept as long, and would be as stale
    }
  }
  return await on(await connections.open(Math.min(CONNECT_MS, leftMs())));
}

function isStale(error: unknown): boolean {
  return (
    error instanceof ConnectionLostError &&
    !error.hasBegun &&
    ['ECONNRESET', 'EPIPE', 'closed'].includes(error.code)
  );
}

function requestBytes(url: URL, headers: Post['headers'], body: string): Buffer {
  const content = Buffer.from(body);
  const all = {
    host: url.host,
    ...headers,
    'content-length': String(content.length),
    connection: 'keep-alive',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${singleLine(value)}\r\n`);
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), content]);
}

/**
 * Refuses a line break, which would begin a header of its own. Settings and ids were checked where
 * they came in; this is the last guard.
 */
function singleLine(value: string): string {
  if (/[^\t\x20-\x7e]/.test(value)) throw new Error('a header value is not visible ASCII');
  return value;
}

function keepAliveSeconds(headers: ReadonlyMap<string, string>): number | undefined {
  const [, seconds] = /\btimeout=(\d{1,9})/i.exec(headers.get('keep-alive') ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
