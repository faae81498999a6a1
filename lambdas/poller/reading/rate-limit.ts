/** What Auth0's headers say about the bucket that reading the log draws on. */
export interface RateLimit {
  /** Tokens of the full bucket. */
  readonly limit: number;
  readonly remaining: number;
  /**
   * Milliseconds until the bucket is full again, rounded up to a second or two, an hour at most;
   * absent where Auth0 does not say.
   */
  readonly fullInMs?: number;
}

/**
 * How long an answer may make us wait. Auth0's free plan keeps the log for a day: a false or odd
 * header must not end reading for that long, and a request an hour harms nobody.
 */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Reads the headers of a bucket. `x-ratelimit-reset` is when the bucket is full, not when the next
 * request is allowed: with 10 tokens and 2 a second, Auth0 answers remaining 9 with a reset in 1 to
 * 2 s, and remaining 1 with one in 6 s (recorded answers; docs/log-api.md).
 * @param readAt Auth0's clock when it answered, in epoch milliseconds
 */
export function rateLimitOf(headers: Headers, readAt: number): RateLimit | undefined {
  const limit = numberOf(headers, 'x-ratelimit-limit');
  const remaining = numberOf(headers, 'x-ratelimit-remaining');
  if (limit === undefined || limit < 1 || remaining === undefined) return undefined;
  const reset = numberOf(headers, 'x-ratelimit-reset');
  return {
    limit,
    remaining: Math.min(remaining, limit),
    ...(reset === undefined ? {} : { fullInMs: atMost(reset * 1_000 - readAt) }),
  };
}

/**
 * Reads `Retry-After`: seconds, or a date (RFC 9110 §10.2.3). It is believed for an hour at most.
 * Undefined where there is none.
 */
export function retryAfterMs(headers: Headers, readAt: number): number | undefined {
  const seconds = numberOf(headers, 'retry-after');
  if (seconds !== undefined) return atMost(seconds * 1_000);
  const date = Date.parse(headers.get('retry-after') ?? '');
  return Number.isNaN(date) ? undefined : atMost(date - readAt);
}

function atMost(ms: number): number {
  return Math.min(Math.max(0, ms), LONGEST_WAIT_MS);
}

function numberOf(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
