import { growingPause } from './growing-pause.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRefillTime } from './refill-time.ts';

/**
 * The tenant's other callers draw from the same bucket (all of the Management API on the free plan:
 * 2 a second).
 */
const SHARE_FOR_OTHERS = 0.2;
/**
 * A token that comes back within this (on every plan within a second or so) is waited for; else the
 * next poll is.
 */
export const LONGEST_WAIT_MS = 5_000;
/** Pauses after 429s in a row. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Every bucket that Auth0 documents brings a token and a fifth back sooner. */
const LONG_MS = 2_000;

/** Auth0's bucket as it is known from the answers; it outlives a poll, as the bucket does. */
export interface TokenBucket {
  /**
   * @param at our clock when Auth0 took the token, in epoch milliseconds: halfway between request
   *   and answer.
   */
  answered(rate: RateLimit | undefined, at: number): void;
  /** A 429. @param now our clock when it came. */
  refused(rate: RateLimit | undefined, retryAfterMs: number | undefined, now: number): void;
  /** How long to wait before the next request, so that a fifth of the bucket stays for others. */
  pauseMs(now: number): number;
}

/** A token bucket learnt from the headers: its level is never thought higher than it is. */
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
      // Auth0 says whole tokens; the fraction is what we reckon with, within what it says.
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
      // A bucket that fills in one step is empty until then; the second refusal in a row shows that
      // it is one.
      const untilFull = refusals.failures > 0 ? Math.min(rate?.fullInMs ?? 0, LONGEST_PAUSE_MS) : 0;
      refusals.failed(now, Math.max(retryAfterMs ?? 0, untilFull));
    },
    pauseMs(now) {
      if (limit === undefined) return refusals.leftMs(now);
      const needed = Math.min(limit, 1 + limit * SHARE_FOR_OTHERS);
      const missing = needed - levelAt(now);
      const refilled = missing > 0 ? Math.ceil(missing * refill.tokenMs) : 0;
      // A long one means that nothing comes back in between: such a bucket is filled in one step.
      const untilFull = fullAt === undefined ? refilled : Math.max(LONG_MS, fullAt - now);
      return Math.max(refusals.leftMs(now), refilled > LONG_MS ? Math.min(refilled, untilFull) : refilled);
    },
  };
}
