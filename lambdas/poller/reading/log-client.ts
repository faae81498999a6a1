import { createManagementAuth } from 'auth0/management';
import type { LogEvent } from '../../shared/log-event.ts';
import type { Auth0Connection } from '../../shared/settings/auth0-connection.ts';
import { LogReadError } from './log-read-error.ts';
import { type RateLimit, rateLimitOf, resetAt } from './rate-limit.ts';

/** Auth0 caps `take` and `per_page` at 100. */
export const PAGE_SIZE = 100;

export interface LogPage {
  /** At most 100, in the order of their ids; empty at the end of the log. */
  readonly entries: readonly LogEvent[];
  /** Auth0's clock when it answered, in epoch milliseconds. */
  readonly readAt: number;
  readonly rate?: RateLimit;
}

/** Reads Auth0's log (reference: auth0.md §1). Failures are LogReadErrors. */
export interface LogClient {
  /** The entries after a position. */
  page(from: string): Promise<LogPage>;
  /** Up to 100 entries by date, which is nearly, not quite, the order of their ids. */
  search(sort: 'oldest' | 'newest'): Promise<LogPage>;
}

/** For one page with its retries: read at the 45th second, it is enqueued before the function ends at the 55th. */
const WHOLE_MS = 8_000;
/** A refusal or a broken answer is tried again soon; a real outage is for the next poll, a minute later. */
const RETRY_DELAYS_MS = [300, 1_000];

/**
 * `logs.list` of auth0 7.1 drops `from` and `take`, so the page itself is one fetch; a contract test tells when that is
 * mended. The package supplies and refreshes the token.
 */
export function createLogClient(
  connection: Auth0Connection,
  sleep: (ms: number) => Promise<void> = wait,
): LogClient {
  const connect = () => createManagementAuth({ ...connection, maxRetries: 0, telemetry: false });
  let auth = connect();

  async function get(query: URLSearchParams): Promise<LogPage> {
    const end = Date.now() + WHOLE_MS;
    let renewed = false;
    for (let failures = 0; ; ) {
      try {
        return await request(query, end);
      } catch (error) {
        if (!(error instanceof LogReadError)) throw error;
        if (error.reason === 'auth0.token' && !renewed) {
          renewed = true; // revoked, or expired on the way: one fresh token
          auth = connect();
          continue;
        }
        const delay = RETRY_DELAYS_MS[failures] ?? WHOLE_MS;
        if (error.reason !== 'auth0.unavailable' || Date.now() + delay >= end) throw error;
        failures++;
        await sleep(delay);
      }
    }
  }

  async function request(query: URLSearchParams, end: number): Promise<LogPage> {
    const token = await accessToken(auth.getToken); // once a day; the package gives it 10 s of its own
    const response = await answered(`${auth.baseUrl}/logs?${query}`, token, end - Date.now());
    const text = await response.text().catch((cause: unknown) => {
      throw new LogReadError('auth0.unavailable', 'Auth0 broke off its answer', { cause });
    });
    const readAt = Date.parse(response.headers.get('date') ?? '') || Date.now();
    if (response.status === 429) {
      const retryAt = resetAt(response.headers, readAt);
      throw new LogReadError('auth0.rate-limit', "Auth0's rate limit is reached", { status: 429, retryAt });
    }
    if (!response.ok) throw LogReadError.ofStatus(response.status);
    return { entries: entriesOf(text), readAt, rate: rateLimitOf(response.headers, readAt) };
  }

  return {
    page: (from) => get(new URLSearchParams({ from, take: String(PAGE_SIZE) })),
    search: (sort) => {
      const order = { oldest: 'date:1', newest: 'date:-1' }[sort];
      return get(
        new URLSearchParams({ per_page: String(PAGE_SIZE), page: '0', sort: order, include_totals: 'false' }),
      );
    },
  };
}

async function accessToken(getToken: () => Promise<string>): Promise<string> {
  try {
    return await getToken();
  } catch (cause) {
    throw LogReadError.ofToken(cause);
  }
}

async function answered(url: string, token: string, timeoutMs: number): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  try {
    return await fetch(url, {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(Math.max(1, timeoutMs)),
    });
  } catch (cause) {
    throw new LogReadError('auth0.unavailable', 'Auth0 did not answer', { cause });
  }
}

function entriesOf(text: string): readonly LogEvent[] {
  try {
    const body: unknown = JSON.parse(text);
    if (Array.isArray(body)) return body;
  } catch (cause) {
    throw new LogReadError('auth0.unavailable', "Auth0's answer is not JSON", { cause });
  }
  throw new LogReadError('auth0.unavailable', "Auth0's answer is not a list of log events");
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
