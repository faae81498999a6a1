import { growingPause } from './growing-pause.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRefillTime } from './refill-time.ts';

/**
 * The share that is left to the tenant's other callers. On the free plan the bucket is that of the
 * whole Management API, with 2 a second.
 */
const SHARE_FOR_OTHERS = 0.2;
/**
 * The longest wait for a token. On every plan one comes back within a second or so; a longer wait
 * is left to the next poll.
 */
export const LONGEST_WAIT_MS = 5_000;
/** The first pause after a 429; it doubles with each further one in a row. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/**
 * The longest refill of a bucket that fills bit by bit: each one that Auth0 documents brings back a
 * token and a fifth of itself sooner.
 */
const LONG_MS = 2_000;

/** Auth0's bucket as it is known from the answers. It outlives a poll, as the bucket does. */
export interface TokenBucket {
  /**
   * Learns from an answer.
   * @param at our clock when Auth0 took the token, in epoch milliseconds: halfway between request
   *   and answer
   */
  answered(rate: RateLimit | undefined, at: number): void;
  /**
   * Learns from a 429.
   * @param now our clock when it came
   */
  refused(rate: RateLimit | undefined, retryAfterMs: number | undefined, now: number): void;
  /**
   * Milliseconds to wait before the next request, so that a fifth of the bucket stays for others.
   */
  pauseMs(now: number): number;
}

/** A bucket learnt from the headers. Its level is never thought higher than it is. */
export function createTokenBucket(): TokenBucket {
  const refill = createRefillTime();
  const refusals = growingPause(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  let limit: number | undefined;
  let level = 0;
  let at = 0;
  let fullAt: number | undefined;

  const levelAt = (now: number) => Math.min(limit ?? 0, level + Math.max(0, now - at) / refill.tokenMs);

  return {
    answered(rate, taken) {
      refusals.succeeded();
      if (!rate) return;
      const expected = levelAt(taken) - 1;
      refill.answered(rate, taken);
      // Auth0 says whole tokens. The fraction is our own reckoning, within what Auth0 says.
      level = Math.max(rate.remaining, Math.min(expected, rate.remaining + 0.99));
      limit = rate.limit;
      at = taken;
      fullAt = rate.fullInMs === undefined ? undefined : taken + rate.fullInMs;
    },
    refused(rate, retryAfterMs, now) {
      refill.refused();
      limit = rate?.limit ?? limit;
      level = 0;
      at = now;
      fullAt = undefined;
      // A bucket that fills in one step is empty until then. The second refusal in a row shows that
      // it is one.
      const untilFull = refusals.failures > 0 ? Math.min(rate?.fullInMs ?? 0, LONGEST_PAUSE_MS) : 0;
      refusals.failed(now, Math.max(retryAfterMs ?? 0, untilFull));
    },
    pauseMs(now) {
      if (limit === undefined) return refusals.leftMs(now);
      const needed = Math.min(limit, 1 + limit * SHARE_FOR_OTHERS);
      const missing = needed - levelAt(now);
      const refilled = missing > 0 ? Math.ceil(missing * refill.tokenMs) : 0;
      // A long wait means that nothing comes back in between: such a bucket fills in one step.
      const untilFull = fullAt === undefined ? refilled : Math.max(LONG_MS, fullAt - now);
      return Math.max(refusals.leftMs(now), refilled > LONG_MS ? Math.min(refilled, untilFull) : refilled);
    },
  };
}
