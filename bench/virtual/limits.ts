import type { Outcome } from '../../lambdas/deliverer/outcome.ts';
import { randomNumbers } from '../../test/simulation/random-numbers.ts';
import { ANSWER_MS, OK } from './endpoints.ts';
import type { Endpoint } from './webhook.ts';

/**
 * Makes the `Retry-After` of a refusal from the milliseconds until the receiver takes the next
 * request.
 */
export type Wish = (leftMs: number) => number | undefined;

/** The right time in whole seconds, as the header has it. */
export const right: Wish = (leftMs) => Math.max(1, Math.ceil(leftMs / 1_000));
export const silent: Wish = () => undefined;
export const always =
  (seconds: number): Wish =>
  () =>
    seconds;

/** Milliseconds until the next request is taken; 0 = this one is. */
export type Meter = (now: number) => number;

/** A limit on requests in each window of time. */
export function fixedWindow(limit: number, windowMs: number): Meter {
  let current = -1;
  let used = 0;
  return (now) => {
    const window = Math.floor(now / windowMs);
    if (window !== current) [current, used] = [window, 0];
    return ++used <= limit ? 0 : (window + 1) * windowMs - now;
  };
}

/** A limit on requests in any stretch of that length. */
export function slidingWindow(limit: number, windowMs: number): Meter {
  const taken: number[] = [];
  return (now) => {
    while (taken[0] !== undefined && taken[0] <= now - windowMs) taken.shift();
    if (taken.length === limit) return (taken[0] ?? now) + windowMs - now;
    taken.push(now);
    return 0;
  };
}

/** A limit that takes so many at once, and so many more each second. */
export function tokenBucket(perSecond: number, burst: number): Meter {
  let tokens = burst;
  let filledAt = 0;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    if (tokens < 1) return ((1 - tokens) / perSecond) * 1_000;
    tokens--;
    return 0;
  };
}

/** An endpoint that refuses what the meter does not take. */
export function limited(meter: Meter, wish: Wish, status = 429): Endpoint {
  const reason = status === 429 ? 'rate-limited' : 'status';
  return (now) => {
    const leftMs = meter(now);
    if (leftMs === 0) return { ms: ANSWER_MS, outcome: OK };
    const outcome: Outcome = { kind: 'retry', reason, status, retryAfterSeconds: wish(leftMs) };
    return { ms: 20, outcome };
  };
}

/** An endpoint that takes everything, but refuses everything for a while. */
export function refusing(fromMs: number, toMs: number, wish: Wish): Endpoint {
  return limited((now) => (now >= fromMs && now < toMs ? toMs - now : 0), wish);
}

/** Takes everything but for a while, in which it refuses a share of all requests, at any pace. */
export function partlyRefusing(share: number, fromMs: number, toMs: number, seed: number): Endpoint {
  const random = randomNumbers(seed * 2_654_435_761);
  return limited((now) => (now >= fromMs && now < toMs && random() < share ? 1 : 0), silent);
}

export interface Limit {
  /** Requests a second that the receiver takes in the long run. */
  readonly perSecond: number;
  readonly meter: () => Meter;
  readonly wish: Wish;
  readonly status?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

const FIVE_IN_TEN_SECONDS = { perSecond: 0.5, meter: () => fixedWindow(5, 10_000) };
const FIVE_IN_ANY_TEN_SECONDS = { perSecond: 0.5, meter: () => slidingWindow(5, 10_000) };
const HUNDRED_A_MINUTE = { perSecond: 100 / 60, meter: () => fixedWindow(100, 60_000) };
const TEN_A_SECOND = { perSecond: 10, meter: () => tokenBucket(10, 10) };

/** Receivers with limits as people have them. */
export const LIMITS: Readonly<Record<string, Limit>> = {
  '5 per 10 s, Retry-After 10': { ...FIVE_IN_TEN_SECONDS, wish: always(10) },
  '5 per 10 s, the right Retry-After': { ...FIVE_IN_TEN_SECONDS, wish: right },
  '5 per 10 s, no Retry-After': { ...FIVE_IN_TEN_SECONDS, wish: silent },
  '5 per 10 s, a Retry-After that is too short': { ...FIVE_IN_TEN_SECONDS, wish: always(1) },
  '5 per 10 s, a Retry-After of 30, too long': { ...FIVE_IN_TEN_SECONDS, wish: always(30) },
  '5 per 10 s, 503 with Retry-After 10': { ...FIVE_IN_TEN_SECONDS, wish: always(10), status: 503 },
  '5 per 10 s, WEBHOOK_MAX_PER_SECOND=0.5': {
    ...FIVE_IN_TEN_SECONDS,
    wish: always(10),
    settings: { WEBHOOK_MAX_PER_SECOND: '0.5' },
  },
  '5 in any 10 s, Retry-After 10': { ...FIVE_IN_ANY_TEN_SECONDS, wish: always(10) },
  '5 in any 10 s, no Retry-After': { ...FIVE_IN_ANY_TEN_SECONDS, wish: silent },
  '100 a minute, the right Retry-After': { ...HUNDRED_A_MINUTE, wish: right },
  '100 a minute, no Retry-After': { ...HUNDRED_A_MINUTE, wish: silent },
  '10 a second, the right Retry-After': { ...TEN_A_SECOND, wish: right },
  '10 a second, no Retry-After': { ...TEN_A_SECOND, wish: silent },
};
