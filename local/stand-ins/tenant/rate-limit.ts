/**
 * Auth0's own limit. Tokens come back one by one, so that a request is allowed long before the
 * bucket is full.
 */
export interface TokenBucket {
  /** Requests that a full bucket takes at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** A simpler limit, as proxies have it. Everything is allowed again at the turn of the window. */
export interface RequestWindow {
  readonly limit: number;
  readonly windowSeconds: number;
}

export type RateLimit = TokenBucket | RequestWindow;

export interface RateDecision {
  readonly allowed: boolean;
  /** Headers that every answer of the Management API has. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the headers say when nothing is limited. */
const UNLIMITED = 1_000_000;

export function createRateLimiter(rate: RateLimit | undefined, now: () => number): () => RateDecision {
  if (rate !== undefined && 'limit' in rate) return windowLimiter(rate, now);
  if (rate !== undefined) return bucketLimiter(rate, now);
  return () => ({ allowed: true, headers: headersOf(UNLIMITED, UNLIMITED, now() / 1000) });
}

/**
 * Limits requests by a bucket. The headers are as recorded from Auth0 with 10 at once and 2 a
 * second: 9 remaining and full in 1 to 2 seconds, 3 remaining and full in 4 to 5.
 * `x-ratelimit-reset` (Unix seconds) is when the bucket is full, not when the next request is
 * allowed.
 */
function bucketLimiter({ burst, perSecond }: TokenBucket, now: () => number): () => RateDecision {
  let level = burst;
  let filledAt = now();
  return () => {
    const time = now();
    level = Math.min(burst, level + (Math.max(0, time - filledAt) / 1000) * perSecond);
    filledAt = time;
    const allowed = level >= 1;
    if (allowed) level -= 1;
    return { allowed, headers: headersOf(burst, level, time / 1000 + (burst - level) / perSecond) };
  };
}

function windowLimiter({ limit, windowSeconds }: RequestWindow, now: () => number): () => RateDecision {
  let window = 0;
  let used = 0;
  return () => {
    const current = Math.floor(now() / 1000 / windowSeconds);
    if (current !== window) used = 0;
    window = current;
    const allowed = used < limit;
    if (allowed) used += 1;
    return { allowed, headers: headersOf(limit, limit - used, (current + 1) * windowSeconds) };
  };
}

function headersOf(limit: number, remaining: number, resetSeconds: number): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.floor(remaining)),
    'x-ratelimit-reset': String(Math.ceil(resetSeconds)),
  };
}
