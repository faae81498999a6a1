import type { Auth0Connection } from '../../shared/settings/auth0-connection.ts';
import { createLogAttempts, SHORTEST_TRY_MS } from './log-attempts.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';
import { LARGEST_PAGE } from './page-size.ts';
import { LONGEST_WAIT_MS } from './token-bucket.ts';

export interface ReadLimit {
  /** Milliseconds for the page, with all its tries. */
  readonly timeoutMs: number;
}

/**
 * Reads Auth0's log. Failures are LogReadErrors. A client learns from the answers, so keep it from
 * poll to poll.
 */
export interface LogClient {
  /** Reads the entries after a position. */
  page(from: string, limit?: ReadLimit): Promise<LogPage>;
  /** Finds up to 100 entries by date, which is nearly, but not quite, the order of their ids. */
  search(sort: 'oldest' | 'newest', limit?: ReadLimit): Promise<LogPage>;
  /**
   * Milliseconds to wait before the next request, so that a fifth of Auth0's bucket stays for
   * others.
   */
  pauseMs(): number;
}

export const DEFAULT_LIMIT: ReadLimit = { timeoutMs: 20_000 };
/**
 * Pauses after a refusal or a broken answer. An outage that lasts longer is left to the next poll,
 * a minute later.
 */
const RETRY_DELAYS_MS = [300, 1_000];

/**
 * Makes a client. Pages are fetched by hand, as `logs.list` of auth0 7.1 drops `from` and `take`; a
 * contract test fails once that is mended.
 */
export function createLogClient(
  connection: Auth0Connection,
  sleep: (ms: number) => Promise<void> = wait,
  now: () => number = Date.now,
): LogClient {
  const attempts = createLogAttempts(connection, now);

  async function read(query: (take: number) => string, { timeoutMs }: ReadLimit): Promise<LogPage> {
    const endsAt = now() + timeoutMs;
    let failures = 0;
    for (;;) {
      let pauseMs = 0;
      try {
        const page = await attempts.attempt(query, endsAt);
        if (page) return page;
      } catch (error) {
        if (!(error instanceof LogReadError)) throw error;
        if (isPassing(error)) pauseMs = RETRY_DELAYS_MS[failures++] ?? Number.POSITIVE_INFINITY;
        if (!isWorthATry(error, endsAt, pauseMs)) throw error;
      }
      pauseMs = Math.max(pauseMs, attempts.pauseMs());
      if (pauseMs > 0) await sleep(pauseMs);
    }
  }

  function isWorthATry(error: LogReadError, endsAt: number, pauseMs: number): boolean {
    switch (error.reason) {
      case 'auth0.token':
        return attempts.renewToken();
      case 'auth0.rate-limit': // soon a token is back, and the pause grows with every refusal
        return attempts.pauseMs() <= LONGEST_WAIT_MS && now() + attempts.pauseMs() < endsAt;
      case 'auth0.unavailable': // after a time-out the page is smaller
        return error.timedOut ? endsAt - now() >= SHORTEST_TRY_MS : now() + pauseMs < endsAt;
      default:
        return false;
    }
  }

  return {
    page: (from, limit = DEFAULT_LIMIT) =>
      read((take) => String(new URLSearchParams({ from, take: String(take) })), limit),
    search: (sort, limit = DEFAULT_LIMIT) => read((take) => searchQuery(sort, take), limit),
    pauseMs: attempts.pauseMs,
  };
}

function isPassing(error: LogReadError): boolean {
  return error.reason === 'auth0.unavailable' && !error.timedOut;
}

function searchQuery(sort: 'oldest' | 'newest', take: number): string {
  const order = { oldest: 'date:1', newest: 'date:-1' }[sort];
  const per_page = String(Math.min(take, LARGEST_PAGE));
  return String(new URLSearchParams({ per_page, page: '0', sort: order, include_totals: 'false' }));
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
