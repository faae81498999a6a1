import { describe, expect, it } from 'vitest';
import { rateLimitOf } from '../../../../lambdas/poller/reading/rate-limit.ts';
import { createTokenBucket } from '../../../../lambdas/poller/reading/token-bucket.ts';
import { type BucketOptions, bucket } from '../../../support/bucket.ts';

const T0 = 1_790_000_000_123;

interface Run extends BucketOptions {
  readonly seconds?: number;
  readonly latencyMs?: number;
  /** Requests a second that the tenant's other callers make. */
  readonly others?: number;
}

/** Reads page after page for a poll's 45 seconds, in virtual time. */
function read({ seconds = 45, latencyMs = 50, others = 0, ...options }: Run) {
  const auth0 = bucket(options);
  const ours = createTokenBucket();
  const seen = { pages: 0, refused: 0, inARow: 0, othersRefused: 0, othersServed: 0 };
  let now = T0;
  let row = 0;
  let nextOther = others > 0 ? T0 + 1_000 / others : Number.POSITIVE_INFINITY;
  for (;;) {
    now += ours.pauseMs(now);
    if (now >= T0 + seconds * 1_000) return seen;
    for (; nextOther < now; nextOther += 1_000 / others)
      seen[auth0.take(nextOther).allowed ? 'othersServed' : 'othersRefused']++;
    const { allowed, headers } = auth0.take(now + latencyMs / 2);
    now += latencyMs;
    const rate = rateLimitOf(headers, Date.parse(headers.get('date') ?? ''));
    if (allowed) {
      ours.answered(rate, now - latencyMs / 2);
      seen.pages++;
      row = 0;
    } else {
      ours.refused(rate, undefined, now);
      seen.refused++;
      row++;
      seen.inARow = Math.max(seen.inARow, row);
    }
  }
}

describe('reads nine tenths and more of what the bucket gives, without a 429', () => {
  it.each([
    ['free', { burst: 2, perSecond: 2 }],
    ['Essentials and Professional', { burst: 10, perSecond: 100 / 60 }],
    ['Enterprise, not production', { burst: 10, perSecond: 2 }],
    ['Enterprise', { burst: 50, perSecond: 16 }],
  ])('%s', (_, options) => {
    const { pages, refused } = read({ ...options, latencyMs: 30 });

    // A fifth of the bucket is left for others.
    expect(pages).toBeGreaterThanOrEqual(0.9 * (0.8 * options.burst + 45 * options.perSecond));
    expect(refused).toBe(0);
  });

  it('whatever the latency', () => {
    for (const latencyMs of [5, 100, 400])
      expect(read({ burst: 2, perSecond: 2, latencyMs })).toMatchObject({ refused: 0 });

    expect(read({ burst: 2, perSecond: 2, latencyMs: 400 }).pages).toBeGreaterThan(80);
  });
});

describe('leaves a fifth for others', () => {
  it('who are never refused while they take less than what is left', () => {
    const { pages, othersRefused, othersServed, refused } = read({ burst: 10, perSecond: 2, others: 0.6 });

    expect({ othersRefused, refused }).toEqual({ othersRefused: 0, refused: 0 });
    expect(pages + othersServed).toBeGreaterThan(0.9 * (8 + 90));
  });

  it('also of a bucket that is filled in one step', () => {
    const { pages, refused } = read({ burst: 100, perSecond: 100 / 60, step: true, seconds: 180 });

    expect(refused).toBe(0);
    expect(pages).toBeGreaterThan(0.9 * (80 * 3));
    expect(pages).toBeLessThan(0.95 * 400);
  });
});

it('never runs into two 429s in a row, even where others take nearly all', () => {
  for (const others of [1, 1.5])
    expect(read({ burst: 10, perSecond: 2, others, seconds: 300 }).inARow).toBeLessThan(2);
});

describe('recorded answers, of a bucket of 10 that gets 2 a second', () => {
  it.each([
    [9, 2],
    [6, 3],
    [3, 5],
    [1, 6],
  ])('remaining %i, full in %i s: the next request need not wait for that', (remaining, seconds) => {
    const ours = createTokenBucket();

    ours.answered({ limit: 10, remaining, fullInMs: seconds * 1_000 }, T0);

    // Three tokens are enough: one to take, two for others.
    const missing = Math.max(0, 3 - remaining);

    expect(ours.pauseMs(T0)).toBeLessThanOrEqual(missing * (seconds / (10 - remaining)) * 1_000 + 1);
    expect(ours.pauseMs(T0)).toBeGreaterThanOrEqual(missing * 500);
  });
});

describe('a 429', () => {
  const refuse = (ours: ReturnType<typeof createTokenBucket>, now: number, retryAfterMs?: number) => {
    ours.refused({ limit: 10, remaining: 0, fullInMs: 5_000 }, retryAfterMs, now);
    return ours.pauseMs(now);
  };

  it('is followed by a pause, and the next one by a longer one', () => {
    const ours = createTokenBucket();
    let now = T0;
    const pauses = Array.from({ length: 8 }, () => {
      const pause = refuse(ours, now);
      now += pause;
      return pause;
    });

    expect(pauses[0]).toBeGreaterThanOrEqual(1_000);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.at(-1)).toBe(60_000);
  });

  it('keeps its Retry-After', () => {
    expect(refuse(createTokenBucket(), T0, 90_000)).toBe(90_000);
  });

  it('without any headers has a pause all the same', () => {
    const ours = createTokenBucket();

    ours.refused(undefined, undefined, T0);

    expect(ours.pauseMs(T0)).toBe(1_000);
    expect(ours.pauseMs(T0 + 1_000)).toBe(0);
  });

  it('is forgotten after an answer', () => {
    const ours = createTokenBucket();
    for (let count = 0; count < 5; count++) refuse(ours, T0);

    ours.answered({ limit: 10, remaining: 9, fullInMs: 1_000 }, T0 + 60_000);

    expect(ours.pauseMs(T0 + 60_000)).toBe(0);
    expect(refuse(ours, T0 + 61_000)).toBeLessThan(5_000);
  });
});

it('an answer without headers asks for no pause', () => {
  const ours = createTokenBucket();

  ours.answered(undefined, T0);

  expect(ours.pauseMs(T0)).toBe(0);
});
