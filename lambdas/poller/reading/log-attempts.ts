import type { LogEvent } from '../../shared/log-event.ts';
import type { Auth0Connection } from '../../shared/settings/auth0-connection.ts';
import { jsonOrUndefined } from '../../shared/text/json.ts';
import { createAccessToken } from './access-token.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';
import { type LogAnswer, type RequestLimits, requestLog } from './log-request.ts';
import { createPageSize, LARGEST_PAGE } from './page-size.ts';
import { rateLimitOf, retryAfterMs } from './rate-limit.ts';
import { createTokenBucket } from './token-bucket.ts';

/**
 * The shortest first try. It gets half of the time, so that a smaller page can be tried in the
 * rest.
 */
const LEAST_TRY_MS = 10_000;
/** A try shorter than this says nothing about the size of the page when it has no answer. */
export const SHORTEST_TRY_MS = 5_000;
/**
 * The largest answer. Parsed it takes three to four times as much, and the function has 384 MB. A
 * page of one entry is read whatever its size.
 */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Single requests for the log. Their answers teach how full the bucket is, whether the token works,
 * and how large and slow pages are.
 */
export interface LogAttempts {
  /**
   * Makes one request; `query` gets the number of entries to ask for. Undefined when the answer was
   * too large: the next request asks for less. Rejects with a LogReadError.
   */
  attempt(query: (take: number) => string, endsAt: number): Promise<LogPage | undefined>;
  /** Milliseconds to wait before the next request. */
  pauseMs(): number;
  /** True when a token that was refused is to be replaced by a fresh one. */
  renewToken(): boolean;
}

export function createLogAttempts(connection: Auth0Connection, now: () => number): LogAttempts {
  const access = createAccessToken(connection, now);
  const bucket = createTokenBucket();
  const size = createPageSize();
  /** True when the last try had no answer in time. The next one gets all the time that is left. */
  let isSlow = false;
  /**
   * The quickest answer so far. A slower one may have waited before or after its token was taken.
   */
  let quickestMs = Number.POSITIVE_INFINITY;

  function limitsOf(take: number, left: number): RequestLimits {
    return {
      timeoutMs: isSlow ? left : Math.min(left, Math.max(LEAST_TRY_MS, left / 2)),
      mostBytes: take === 1 ? Number.POSITIVE_INFINITY : MOST_BYTES,
    };
  }

  /** Makes a page of an answer, and learns from it about the bucket and the token. */
  function pageOf({ status, headers, ...answer }: LogAnswer, taken: number): LogPage | undefined {
    const { readAt = now(), text, bytes } = answer;
    const rate = rateLimitOf(headers, readAt);
    if (status === 429) {
      bucket.refused(rate, retryAfterMs(headers, readAt), now());
      throw LogReadError.ofRateLimit(now() + bucket.pauseMs(now()));
    }
    bucket.answered(rate, now() - quickestMs / 2);
    if (status < 200 || status > 299) throw LogReadError.ofStatus(status);
    access.accepted();
    return text === undefined
      ? undefined
      : { entries: entriesOf(text), taken, most: LARGEST_PAGE, bytes, readAt, rate };
  }

  return {
    async attempt(query, endsAt) {
      const { baseUrl, token } = await access.get(); // once a day; the package gives it 10 s of its own
      const { take } = size;
      const startedAt = now();
      const limits = limitsOf(take, endsAt - startedAt);
      try {
        const answer = await requestLog(`${baseUrl}/logs?${query(take)}`, token, limits);
        isSlow = false;
        const tookMs = now() - startedAt;
        quickestMs = Math.min(quickestMs, tookMs);
        const page = pageOf(answer, take);
        if (page) size.answered(page.entries.length, page.bytes, tookMs);
        else size.tooLarge();
        return page;
      } catch (error) {
        isSlow = error instanceof LogReadError && error.timedOut;
        if (isSlow && limits.timeoutMs >= SHORTEST_TRY_MS) size.timedOut();
        throw error;
      }
    },
    pauseMs: () => bucket.pauseMs(now()),
    renewToken: access.renew,
  };
}

function entriesOf(text: string): readonly LogEvent[] {
  const body = jsonOrUndefined(text);
  if (Array.isArray(body)) return body;
  const what = body === undefined ? 'JSON' : 'a list of log events';
  throw new LogReadError('auth0.unavailable', `Auth0's answer is not ${what}`);
}
