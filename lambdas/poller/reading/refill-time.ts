import type { RateLimit } from './rate-limit.ts';

/**
 * What is assumed before the first answers: the slowest refill that Auth0 documents for reading
 * logs, 100 a minute.
 */
const UNKNOWN_MS = 600;
/**
 * The longest time that refusals can make of it. The first answer after them must find the right
 * one again.
 */
const LONGEST_MS = 10_000;
/** What was counted longer ago says little about how many other callers there are now. */
const WINDOW_MS = 30_000;

/** Learns how long one token takes to come back, from `reset` and from counting. */
export interface RefillTime {
  /**
   * Milliseconds for one token. It is never shorter than the true time, as far as answers can tell.
   */
  readonly tokenMs: number;
  /**
   * Learns from an answer.
   * @param now our clock when the token of one more request was taken
   */
  answered(rate: RateLimit, now: number): void;
  /** Learns from a refusal: tokens came back more slowly than it seemed. */
  refused(): void;
}

/**
 * Estimates from two sides. `reset` is rounded up, so (time to full) ÷ (tokens missing) is an upper
 * bound. From one answer on, the tokens that came back can be counted, but for one: time ÷ (tokens
 * + 1) is a lower bound. The lower bound wins, as it holds whatever the rounding, the other callers
 * (who take what we would count), and a bucket that fills in one step at its reset.
 */
export function createRefillTime(): RefillTime {
  let tokenMs: number | undefined;
  /**
   * Where counting began. It is exact if the bucket was full then, else a fraction of a token is
   * unknown.
   */
  let begin: { at: number; remaining: number; isExact: boolean } | undefined;
  let requests = 0;

  return {
    get tokenMs() {
      return tokenMs ?? UNKNOWN_MS;
    },
    answered(rate, now) {
      const wasFull = rate.remaining >= rate.limit - 1;
      requests++;
      const bounds = [tokenMs, fromReset(rate)];
      let atLeast = 0;
      if (begin !== undefined && now > begin.at) {
        const counted = rate.remaining - begin.remaining + requests;
        const surely = begin.isExact ? counted : counted - 1;
        if (surely > 0) bounds.push((now - begin.at) / surely);
        if (!wasFull) atLeast = (now - begin.at) / (Math.max(0, counted) + 1);
      }
      const known = bounds.filter((bound) => bound !== undefined).filter((bound) => bound > 0);
      if (known.length > 0) tokenMs = Math.max(atLeast, Math.min(...known));
      if (begin === undefined || wasFull || now - begin.at > WINDOW_MS) {
        begin = { at: now, remaining: rate.remaining, isExact: wasFull };
        requests = 0;
      }
    },
    refused() {
      tokenMs = Math.min(LONGEST_MS, (tokenMs ?? UNKNOWN_MS) * 1.5);
      begin = undefined;
      requests = 0;
    },
  };
}

function fromReset({ limit, remaining, fullInMs }: RateLimit): number | undefined {
  return fullInMs === undefined || remaining >= limit ? undefined : fullInMs / (limit - remaining);
}
