import type { RateLimit } from './rate-limit.ts';

/**
 * Until the first answers tell: the slowest refill that Auth0 documents for reading logs is 100 a
 * minute.
 */
const UNKNOWN_MS = 600;
/** However often requests were refused: the first answer after that must find a pace again. */
const LONGEST_MS = 10_000;
/** What was counted longer ago says less about the callers of now. */
const WINDOW_MS = 30_000;

/** Learns how long one token takes to come back, from `reset` and from counting. */
export interface RefillTime {
  /** Milliseconds for one token; never shorter than it is, as far as can be told. */
  readonly tokenMs: number;
  /** @param now our clock when the token of one more request was taken. */
  answered(rate: RateLimit, now: number): void;
  /** A request was refused, so tokens came back more slowly than it seemed. */
  refused(): void;
}

/**
 * Both ways give bounds. `reset` is rounded up, so (time to full) ÷ (tokens missing) is an upper
 * one. Counting from an answer on, the tokens that came back are known but for one: time ÷ (tokens
 * + 1) is a lower bound and wins, as it holds whatever the rounding, other callers (who take what
 * we would count), or a bucket that fills in one step at its reset.
 */
export function createRefillTime(): RefillTime {
  let tokenMs: number | undefined;
  /**
   * Where counting began; exact when the bucket was full then, else with a fraction of a token
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
