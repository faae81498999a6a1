export interface RateLimit {
  /** Requests in one window. */
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateDecision {
  readonly allowed: boolean;
  /** The headers that every answer of the Management API carries. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the headers say when nothing is limited. */
const UNLIMITED: RateLimit = { limit: 1_000_000, windowSeconds: 1 };

/** Buckets are full again at the turn of each window, as Auth0's are at the turn of the second or minute. */
export function createRateLimiter(rate: RateLimit | undefined, now: () => number): () => RateDecision {
  const { limit, windowSeconds } = rate ?? UNLIMITED;
  let window = 0;
  let used = 0;
  return () => {
    const current = Math.floor(now() / 1000 / windowSeconds);
    if (current !== window) {
      window = current;
      used = 0;
    }
    const allowed = rate === undefined || used < limit;
    if (allowed && rate !== undefined) used += 1;
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - used),
      'x-ratelimit-reset': String((current + 1) * windowSeconds), // Unix seconds
    };
    return { allowed, headers };
  };
}
