import { describe, expect, it } from 'vitest';
import { afterAcceptance, afterRefusal } from '../../../../lambdas/deliverer/endpoint/adjust-pace.ts';
import { decide } from '../../../../lambdas/deliverer/endpoint/decide.ts';
import { believable, type EndpointItem, wellItem } from '../../../../lambdas/deliverer/endpoint/item.ts';
import {
  afterFailure,
  afterSuccess,
  type EndpointFailure,
} from '../../../../lambdas/deliverer/endpoint/learn.ts';
import { NO_PACE, type Pace } from '../../../../lambdas/deliverer/endpoint/pace.ts';
import { takeTurns } from '../../../../lambdas/deliverer/endpoint/turns.ts';

const NOW = Date.UTC(2026, 10, 25);
const WELL = wellItem('e');
const CALLS = 5;
const WANTED = { count: 10, latest: NOW + 3_600_000, mostPerSecond: 0, concurrentCalls: CALLS };
const first = afterRefusal(NO_PACE, { perSecond: 0, schedule: 0, number: 0 }, NOW, CALLS);

/** A request of that pace. */
const of = ({ perSecond, schedule }: Pace, number = 0) => ({ perSecond, schedule, number });
const refused = (pace: Pace, seconds = 1, number = 0) =>
  afterRefusal(pace, of(pace, number), NOW + seconds * 1_000, CALLS);
const accepted = (pace: Pace) => afterAcceptance(pace, of(pace), NOW);
const paced = (pace: Pace): EndpointItem => ({ ...WELL, pace });
const take = (item: EndpointItem, now = NOW, wanted = {}) => takeTurns(item, { ...WANTED, ...wanted }, now);
const failure: EndpointFailure = {
  resource: 'users/1',
  reason: 'rate-limited',
  status: 429,
  retryAfterSeconds: undefined,
  paced: of(NO_PACE),
  hasDelivered: false,
};

describe('a 429', () => {
  it('sets a first pace of four fifths of a call a second each, or of the maximum', () => {
    expect(first.perSecond).toBe(4);
    expect(afterRefusal(NO_PACE, { perSecond: 2, schedule: 0, number: 0 }, NOW, CALLS).perSecond).toBe(1.6);
  });

  it('after a success measures the limit: what was accepted, between half and nine tenths', () => {
    const pace = accepted(first);

    expect(refused(pace, 10, 5)).toMatchObject({ perSecond: 2, limit: 4 });
    expect(refused(pace, 10, 30)).toMatchObject({ perSecond: 3, limit: 4 });
    expect(refused(pace, 10, 40)).toMatchObject({ perSecond: 3.6, limit: 4 });
  });

  it('at the same limit again takes a tenth, and the pace stays there the longer', () => {
    const steady = refused(accepted({ ...first, limit: 4.2 }), 100, 5);

    expect(steady).toMatchObject({ perSecond: 3.6, steady: 1 });
  });

  it('below the limit does not confirm it', () => {
    const lower = refused(accepted({ ...first, limit: 5, steady: 1 }), 100, 5);

    expect(lower).toMatchObject({ perSecond: 3.6, limit: 4, steady: 1 });
  });

  it('soon after the last one, for the fifth time, measures nothing: the pace is a guess', () => {
    const falling = accepted({ ...first, limit: 40, falls: 4 });

    expect(refused(falling, 1, 3)).toMatchObject({ perSecond: 3, limit: 0, falls: 5 });
    expect(refused({ ...falling, falls: 3 }, 1, 3)).toMatchObject({ limit: 4, falls: 4 });
    expect(refused(falling, 1, 4)).toMatchObject({ limit: 4, falls: 0 });
    expect(refused({ ...falling, perSecond: 6 }, 1, 3)).toMatchObject({ limit: 6, falls: 0 });
  });

  it('measures nothing however often that happens: the stored item is believed for as long', () => {
    let pace = accepted({ ...first, limit: 40, falls: 4 });
    for (let n = 1; n <= 150; n++) {
      const stored = believable(
        paced(refused({ ...pace, perSecond: 4, base: 4 }, n, 1)),
        'e',
        NOW + n * 1_000,
      );
      pace = { ...stored.pace, isAccepted: true };
      expect(pace.limit).toBe(0);
    }
  });

  it('without a success in between only backs off, down to one in ten seconds', () => {
    let pace = first;
    const seen = [pace.perSecond];
    for (let n = 0; n < 7; n++) {
      pace = refused(pace);
      seen.push(pace.perSecond);
    }

    expect(seen).toEqual([4, 2, 1, 0.5, 0.25, 0.125, 0.1, 0.1]);
    expect(pace).toMatchObject({ base: 4, limit: 0 });
  });

  it('of a request of an older schedule is no news', () => {
    const second = refused(accepted(first), 10, 5);

    expect(afterRefusal(second, of(first), NOW, CALLS)).toBe(second);
  });

  it('of a last attempt, which waits for no turn, measures nothing', () => {
    const steady = { ...accepted(first), perSecond: 50, base: 45, limit: 50, steady: 3 };
    const unpaced = { perSecond: 0, schedule: steady.schedule, number: 0 };

    expect(afterRefusal(steady, unpaced, NOW, CALLS)).toBe(steady);
  });

  it('counts as a failure only when nothing was accepted since the last one', () => {
    const failed = (item: EndpointItem) =>
      afterFailure(item, { ...failure, paced: of(item.pace) }, NOW, CALLS);

    expect(failed(WELL).failures).toBe(0);
    expect(failed(paced(first)).failures).toBe(1);
    expect(failed(paced(accepted(first))).failures).toBe(0);
    expect(afterFailure(paced(first), failure, NOW, CALLS).failures).toBe(0);
  });

  it.each([
    [
      '503 with Retry-After, while others succeed',
      { status: 503, retryAfterSeconds: 5, hasDelivered: true },
      4,
    ],
    ['503 with Retry-After, while all fails', { status: 503, retryAfterSeconds: 5 }, 0],
    ['503 without', { status: 503, hasDelivered: true }, 0],
    ['500', { status: 500, retryAfterSeconds: 5, hasDelivered: true }, 0],
  ])('said as %s', (_, said, perSecond) => {
    expect(afterFailure(WELL, { ...failure, ...said }, NOW, CALLS).pace.perSecond).toBe(perSecond);
  });
});

describe('a success', () => {
  it('brings back at once the pace from which it backed off, and makes the turns void that were taken', () => {
    const low = refused(refused(first));

    const back = accepted(low);

    expect(back).toMatchObject({ perSecond: 4, isAccepted: true, next: NOW + 250 });
    expect(back.schedule).toBeGreaterThan(low.schedule);
  });

  it('of an older schedule proves nothing', () => {
    const low = refused(first);

    expect(afterAcceptance(low, of(first), NOW)).toBe(low);
  });

  it('is written once for each pace', () => {
    const once = accepted(first);

    expect(once.isAccepted).toBe(true);
    expect(accepted(once)).toBe(once);
  });

  it('that ends a pause ends a guessed pace, and keeps a measured one', () => {
    const pause = { failures: 10, resources: ['a', 'b', 'c'] };
    const measured = { ...refused(first), base: 0.5, limit: 0.6, perSecond: 0.1 };

    expect(afterSuccess({ ...paced(refused(first)), ...pause }, of(NO_PACE), NOW).pace.perSecond).toBe(0);
    expect(afterSuccess({ ...paced(measured), ...pause }, of(NO_PACE), NOW).pace.perSecond).toBe(0.5);
  });
});

describe('turns', () => {
  it('are evenly spaced, a second of them at most', () => {
    const taken = take(paced({ ...first, next: 0 }));

    expect(taken?.turns.map(({ at, number }) => [at - NOW, number])).toEqual([
      [0, 0],
      [250, 1],
      [500, 2],
      [750, 3],
    ]);
    expect(taken && take(taken.item, NOW, { count: 1 })?.turns[0]?.at).toBe(NOW + 1_000);
  });

  it('are not taken when none is free in time', () => {
    expect(take(paced({ ...first, next: NOW + 10 }), NOW, { latest: NOW + 9 })).toBeUndefined();
  });

  it("have the lower one of the learnt pace and the user's own", () => {
    expect(take(paced(first), NOW, { mostPerSecond: 2 })?.turns[0]?.perSecond).toBe(2);
    expect(take(paced(first), NOW, { mostPerSecond: 8 })?.turns[0]?.perSecond).toBe(4);
    const fresh = { attempts: 0, isWindowOver: false };

    expect(decide(WELL, fresh, NOW, NOW + 1_000, 2)).toEqual({ kind: 'turn' });
  });
});

describe('a pace that is used to the full', () => {
  /**
   * Takes turns until so many seconds are over.
   * @returns the pace then
   */
  const after = (seconds: number, pace: Pace, calls = 100) => {
    let item = paced(pace);
    for (let now = NOW; now < NOW + seconds * 1_000; now += 1_000 / Math.max(1, item.pace.perSecond)) {
      const taken = take(item, now, { count: 1, concurrentCalls: calls });
      item = taken?.item ?? item;
      if (item.pace.perSecond === 0) return Number.POSITIVE_INFINITY;
    }
    return item.pace.perSecond;
  };
  const measured: Pace = { ...accepted(first), base: 3.6, perSecond: 3.6, limit: 4, takenAt: NOW };

  it('makes the turns void that were taken when it was half as fast', () => {
    const ahead = { ...measured, next: NOW + 60_000, turns: 200 };

    const soon = take(paced(ahead), NOW + 1_000, { count: 1 });
    const later = take(paced(ahead), NOW + 30_000, { count: 1, concurrentCalls: 1_000 });

    expect(soon?.turns[0]).toMatchObject({ at: NOW + 60_000, schedule: ahead.schedule });
    expect(later?.turns[0]?.schedule).toBe(ahead.schedule + 1);
    expect(later?.turns[0]?.at).toBeLessThan(NOW + 31_000);
    expect(later?.turns[0]?.number).toBeLessThan(200);
  });

  it('does not rise for the time in which the endpoint wanted no request', () => {
    const waiting = { ...paced({ ...measured, next: NOW + 60_000 }), until: NOW + 50_000 };

    expect(take(waiting, NOW + 45_000)?.item.pace.perSecond).toBe(measured.perSecond);
  });

  it('stays near a limit that was measured, the longer the oftener', () => {
    expect(after(5, measured)).toBeLessThan(3.8);
    expect(after(40, { ...measured, steady: 3 })).toBeLessThan(3.8);
  });

  it('rises ever faster once no 429 comes where the last one was', () => {
    expect(after(60, measured, 1_000)).toBeGreaterThan(1_000);
  });

  it('rises from a guess within half a minute to where it holds back nothing', () => {
    expect(after(30, { ...first, takenAt: NOW }, CALLS)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([1, 500, 20_000, 45_000])('does not fall where a clock is %i ms behind', (behind) => {
    const taken = take(paced({ ...measured, next: NOW + 20 }), NOW - behind, { latest: NOW + 70_000 });
    const pace = taken?.item.pace ?? NO_PACE;

    expect(pace.perSecond).toBeGreaterThanOrEqual(3.6);
    expect(afterAcceptance(pace, of(pace), NOW).schedule).toBe(pace.schedule);
    expect(pace.takenAt).toBe(NOW);
  });

  it('does not rise while it backs off, nor while the user allows no more', () => {
    expect(after(60, { ...refused(first), next: NOW + 1 })).toBe(2);
    expect(take(paced({ ...measured, next: NOW + 1 }), NOW, { mostPerSecond: 1 })?.item.pace.perSecond).toBe(
      3.6,
    );
  });
});

describe('a stored pace', () => {
  it('is forgotten ten minutes after the last 429', () => {
    expect(believable(paced(first), 'e', NOW + 599_999).pace.perSecond).toBe(4);
    expect(believable(paced(first), 'e', NOW + 600_000).pace.perSecond).toBe(0);
  });

  it.each([
    ['a text', { perSecond: 'fast' }],
    ['no base', { base: 0 }],
    ['one that no request would ever get', { perSecond: 1e-9 }],
    ['nothing', undefined],
  ])('of %s is none', (_, wrong) => {
    const pace = wrong && { ...first, ...wrong };

    expect(believable({ ...WELL, pace }, 'e', NOW).pace.perSecond).toBe(0);
  });
});
