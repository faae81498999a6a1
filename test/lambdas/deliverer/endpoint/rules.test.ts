import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../lambdas/deliverer/endpoint/decide.ts';
import { holdSeconds } from '../../../../lambdas/deliverer/endpoint/hold.ts';
import {
  believable,
  type EndpointItem,
  isPaused,
  wellItem,
} from '../../../../lambdas/deliverer/endpoint/item.ts';
import { afterFailure, afterSuccess } from '../../../../lambdas/deliverer/endpoint/learn.ts';
import { NO_PACE } from '../../../../lambdas/deliverer/endpoint/pace.ts';
import { claimProbe } from '../../../../lambdas/deliverer/endpoint/probe.ts';

const NOW = Date.UTC(2026, 10, 25);
const WELL = wellItem('e');
const failure = {
  resource: 'users/1',
  reason: 'status',
  status: 500,
  retryAfterSeconds: undefined,
  paced: { perSecond: 0, schedule: 0, number: 0 },
  hasDelivered: false,
};
const UNPACED = failure.paced;
const failed = (item: EndpointItem, times: number, resources: number, now = NOW) =>
  Array.from({ length: times }, (_, n) => `users/${n % resources}`).reduce(
    (each, resource) => afterFailure(each, { ...failure, resource }, now, 5),
    item,
  );
const PAUSED = failed(WELL, 10, 3);
const fresh = { attempts: 0, isWindowOver: false };

describe('a pause', () => {
  it.each([
    [10, 3, true],
    [9, 3, false],
    [50, 2, false],
  ])('after %i failures over %i resources: %s', (times, resources, paused) => {
    const item = failed(WELL, times, resources);

    expect(isPaused(item)).toBe(paused);
  });

  it('counts nothing in an invocation that delivered something', () => {
    const item = afterFailure(WELL, { ...failure, hasDelivered: true }, NOW, 5);

    expect(item).toEqual(WELL);
  });

  it('ends with one success', () => {
    expect(afterSuccess(PAUSED, UNPACED, NOW)).toEqual(WELL);
  });

  it('keeps what the endpoint asked for, also after a success', () => {
    const item = { ...PAUSED, until: NOW + 5_000 };

    expect(afterSuccess(item, UNPACED, NOW).until).toBe(NOW + 5_000);
  });

  it('does not write what is well already', () => {
    expect(afterSuccess(WELL, UNPACED, NOW)).toBe(WELL);
  });
});

describe('probes', () => {
  it('come in two lanes, each claimed once every 1/30 of the outage, 1 to 60 seconds', () => {
    const claimed = claimProbe(PAUSED, 'fresh', NOW);

    expect(claimed).toMatchObject({ fresh: NOW, probes: 1 });
    const at = (ms: number) => claimed && claimProbe(claimed, 'fresh', NOW + ms) !== undefined;

    expect([at(999), at(1_000)]).toEqual([false, true]);
    expect(claimed && claimProbe(claimed, 'retry', NOW)).toBeDefined();
    const old = { ...PAUSED, since: NOW - 86_400_000, retry: NOW };

    expect(claimProbe(old, 'retry', NOW + 59_999)).toBeUndefined();
    expect(claimProbe(old, 'retry', NOW + 60_000)).toBeDefined();
  });

  it('wait for what the endpoint asked for', () => {
    const item = { ...PAUSED, until: NOW + 10_000 };

    expect(decide(item, fresh, NOW + 9_999, NOW + 60_000, 0)).toEqual({ kind: 'hold' });
    expect(decide(item, fresh, NOW + 10_000, NOW + 60_000, 0)).toEqual({ kind: 'probe', lane: 'fresh' });
  });
});

describe('an event whose retry window is over', () => {
  it.each([
    ['paused', PAUSED],
    ['patient', { ...WELL, until: NOW + 3_600_000 }],
    ['paced', { ...WELL, pace: { ...NO_PACE, perSecond: 0.1, next: NOW + 600_000 } }],
  ])('is attempted though the endpoint is %s', (_, item) => {
    expect(decide(item, { attempts: 7, isWindowOver: true }, NOW, NOW + 60_000, 0)).toEqual({
      kind: 'attempt',
    });
  });
});

describe('holds', () => {
  it.each([
    [1, 3],
    [20, 60],
    [100, 300],
    [400, 300],
    [401, 2_400],
  ])('after %i receives last %i seconds, up to a fifth less', (receives, seconds) => {
    expect(holdSeconds(PAUSED, receives, NOW, 0)).toBe(seconds);
    expect(holdSeconds(PAUSED, receives, NOW, 1)).toBe(Math.ceil(seconds * 0.8));
  });

  it('last twelve days within the thousand receives that SQS counts', () => {
    let receives = 0;
    for (let at = 0; at < 12 * 86_400; receives++) at += holdSeconds(PAUSED, receives + 1, NOW, 1);

    expect(receives).toBeLessThan(1_000);
  });

  it('last at least as long as the endpoint asked, an hour at most', () => {
    const item = afterFailure(PAUSED, { ...failure, status: 503, retryAfterSeconds: 99_999 }, NOW, 5);

    expect(holdSeconds(item, 1, NOW, 0)).toBe(3_600);
  });
});

describe('Retry-After', () => {
  it.each([429, 502, 503, 504])('of %i is for the endpoint', (status) => {
    expect(afterFailure(WELL, { ...failure, status, retryAfterSeconds: 30 }, NOW, 5).until).toBe(
      NOW + 30_000,
    );
  });

  it.each([500, 400, undefined])('of %s is not', (status) => {
    expect(afterFailure(WELL, { ...failure, status, retryAfterSeconds: 30 }, NOW, 5).until).toBe(0);
  });
});

describe('a stored item', () => {
  it('is believed as it was written', () => {
    expect(believable(JSON.parse(JSON.stringify(PAUSED)), 'e', NOW)).toEqual(PAUSED);
  });

  it('of another endpoint says nothing', () => {
    expect(believable(PAUSED, 'other', NOW)).toEqual(wellItem('other'));
  });

  it('that makes no sense never holds an event for more than an hour and the difference of clocks', () => {
    const anything = fc.oneof(fc.anything(), fc.integer(), fc.double());
    const pace = fc.record(Object.fromEntries(Object.keys(NO_PACE).map((key) => [key, anything])));
    const stored = fc.record({
      ...Object.fromEntries(Object.keys(WELL).map((key) => [key, anything])),
      of: fc.constant('e'),
      pace: fc.oneof(pace, anything),
    });
    fc.assert(
      fc.property(stored, fc.integer({ min: 1, max: 400 }), (value, receives) => {
        const item = believable(value, 'e', NOW);

        expect(holdSeconds(item, receives, NOW, 0)).toBeLessThanOrEqual(3_600 + 300);
        expect(decide(item, fresh, NOW, NOW + 75_000, 0).kind).toMatch(/^(attempt|hold|probe|turn|wait)$/);
      }),
    );
  });
});
