import type { LogEvent } from '../../shared/log-event.ts';
import type { Auth0Connection } from '../../shared/settings/auth0-connection.ts';
import { jsonOrUndefined } from '../../shared/text/json.ts';
import { createAccessToken } from './access-token.ts';
import { LogReadError } from './log-read-error.ts';
import { type LogAnswer, requestLog } from './log-request.ts';
import { createPageSize, LARGEST_PAGE } from './page-size.ts';
import { type RateLimit, rateLimitOf, retryAfterMs } from './rate-limit.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface LogPage {
  /** At most `taken`, in the order of their ids; fewer at the end of the log. */
  readonly entries: readonly LogEvent[];
  /** How many were asked for. */
  readonly taken: number;
  /** Of the answer. */
  readonly bytes: number;
  /** Auth0's clock when it answered, in epoch milliseconds. */
  readonly readAt: number;
  readonly rate?: RateLimit | undefined;
}

export interface ReadLimit {
  /** Milliseconds for the page with all its tries. */
  readonly timeoutMs: number;
}

/** Reads Auth0's log. Failures are LogReadErrors. It learns from the answers, so keep it from poll to poll. */
export interface LogClient {
  /** The entries after a position. */
  page(from: string, limit?: ReadLimit): Promise<LogPage>;
  /** Up to 100 entries by date, which is nearly, not quite, the order of their ids. */
  search(sort: 'oldest' | 'newest', limit?: ReadLimit): Promise<LogPage>;
  /** How long to wait before the next request, so that Auth0's bucket keeps a fifth for others. */
  pauseMs(): number;
}

const DEFAULT_TIMEOUT_MS = 20_000;
/** A refusal or a broken answer is tried again soon; a real outage is for the next poll, a minute later. */
const RETRY_DELAYS_MS = [300, 1_000];
/** The first try gets half of the time, so that a smaller page can be tried in the rest; not less than this. */
const LEAST_TRY_MS = 10_000;
/** What is not answered in less says nothing about the size of the page. */
const SHORTEST_TRY_MS = 5_000;
/** Parsed it takes three to four times as much, and the function has 128 MB. One entry alone is read whatever its size. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * `logs.list` of auth0 7.1 drops `from` and `take`, so the page itself is one fetch; a contract test tells when that is
 * mended.
 */
export function createLogClient(
  connection: Auth0Connection,
  sleep: (ms: number) => Promise<void> = wait,
  now: () => number = Date.now,
): LogClient {
  const access = createAccessToken(connection, now);
  const bucket = createTokenBucket();
  const size = createPageSize();
  /** The last try had no answer in time: the next one gets all the time that is left. */
  let isSlow = false;

  async function read(query: (take: number) => string, { timeoutMs }: ReadLimit): Promise<LogPage> {
    const end = now() + timeoutMs;
    for (let failures = 0; ; ) {
      try {
        const page = await attempt(query(size.take), size.take, end);
        if (page) return page;
        size.tooLarge();
      } catch (error) {
        if (!(error instanceof LogReadError)) throw error;
        await beforeNextTry(error, failures++, end);
      }
      await sleepIfAny(bucket.pauseMs(now()));
    }
  }

  /** Waits where another try makes sense, else throws the error. */
  async function beforeNextTry(error: LogReadError, failures: number, end: number): Promise<void> {
    isSlow = error.timedOut;
    if (error.reason === 'auth0.token' && access.renew()) return;
    if (error.timedOut && end - now() >= SHORTEST_TRY_MS) return; // the next page is smaller
    const delay = RETRY_DELAYS_MS[failures];
    const isPassing = error.reason === 'auth0.unavailable' && !error.timedOut;
    if (!isPassing || delay === undefined || now() + delay >= end) throw error;
    await sleep(delay);
  }

  /** Undefined when the answer was too large: a smaller page is to be asked for. */
  async function attempt(query: string, take: number, end: number): Promise<LogPage | undefined> {
    const { baseUrl, token } = await access.get(); // once a day; the package gives it 10 s of its own
    const startedAt = now();
    const left = end - startedAt;
    const limits = {
      timeoutMs: isSlow ? left : Math.min(left, Math.max(LEAST_TRY_MS, left / 2)),
      mostBytes: take === 1 ? Number.POSITIVE_INFINITY : MOST_BYTES,
    };
    try {
      const answer = await requestLog(`${baseUrl}/logs?${query}`, token, limits);
      const page = pageOf(answer, take, startedAt);
      if (page) size.answered(page.entries.length, page.bytes, now() - startedAt);
      isSlow = false;
      return page;
    } catch (error) {
      const isSlowPage = error instanceof LogReadError && error.timedOut;
      if (isSlowPage && limits.timeoutMs >= SHORTEST_TRY_MS) size.timedOut();
      throw error;
    }
  }

  /** What the status says, and what it teaches about the bucket and the token. */
  function pageOf(answer: LogAnswer, taken: number, startedAt: number): LogPage | undefined {
    const { status, headers, readAt = now(), text, bytes } = answer;
    const rate = rateLimitOf(headers, readAt);
    if (status === 429) {
      bucket.refused(rate, retryAfterMs(headers, readAt), now());
      throw LogReadError.ofRateLimit(now() + bucket.pauseMs(now()));
    }
    bucket.answered(rate, (startedAt + now()) / 2);
    if (status < 200 || status > 299) throw LogReadError.ofStatus(status);
    access.accepted();
    return text === undefined ? undefined : { entries: entriesOf(text), taken, bytes, readAt, rate };
  }

  async function sleepIfAny(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms);
  }

  return {
    page: (from, limit = { timeoutMs: DEFAULT_TIMEOUT_MS }) =>
      read((take) => String(new URLSearchParams({ from, take: String(take) })), limit),
    search: (sort, limit = { timeoutMs: DEFAULT_TIMEOUT_MS }) =>
      read((take) => searchQuery(sort, take), limit),
    pauseMs: () => bucket.pauseMs(now()),
  };
}

function searchQuery(sort: 'oldest' | 'newest', take: number): string {
  const order = { oldest: 'date:1', newest: 'date:-1' }[sort];
  const per_page = String(Math.min(take, LARGEST_PAGE));
  return String(new URLSearchParams({ per_page, page: '0', sort: order, include_totals: 'false' }));
}

function entriesOf(text: string): readonly LogEvent[] {
  const body = jsonOrUndefined(text);
  if (Array.isArray(body)) return body;
  const what = body === undefined ? 'JSON' : 'a list of log events';
  throw new LogReadError('auth0.unavailable', `Auth0's answer is not ${what}`);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
