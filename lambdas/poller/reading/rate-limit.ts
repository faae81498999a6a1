/** What Auth0's headers say of the bucket that reading the log draws from. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number;
}

/** The tenant's other callers draw from the same bucket (all of the Management API on the free plan: 2 a second). */
const SHARE_FOR_OTHERS = 0.2;

export function rateLimitOf(headers: Headers, now: number): RateLimit | undefined {
  const limit = numberOf(headers, 'x-ratelimit-limit');
  const remaining = numberOf(headers, 'x-ratelimit-remaining');
  if (limit === undefined || remaining === undefined) return undefined;
  return { limit, remaining, resetAt: resetAt(headers, now) };
}

/** When the bucket is refilled: `x-ratelimit-reset` in Unix seconds, or a second from now where Auth0 does not say. */
export function resetAt(headers: Headers, now: number): number {
  const reset = numberOf(headers, 'x-ratelimit-reset');
  const retryAfter = numberOf(headers, 'retry-after');
  if (reset !== undefined) return reset * 1_000;
  return now + (retryAfter ?? 1) * 1_000;
}

/** True when the rest of the bucket is for others: one request at least, a fifth of a larger limit. */
export function isSpent({ limit, remaining }: RateLimit): boolean {
  return remaining <= Math.max(1, Math.floor(limit * SHARE_FOR_OTHERS));
}

function numberOf(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}
