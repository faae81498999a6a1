import { describe, expect, it } from 'vitest';
import { deliverVirtually } from '../../../../bench/virtual/delivery.ts';
import {
  always,
  fixedWindow,
  limited,
  refusing,
  right,
  silent,
  slidingWindow,
  tokenBucket,
} from '../../../../bench/virtual/limits.ts';

const MINUTE = 60_000;
const FIVE = { reserved: 5, sideBySide: 1 };
const HUNDRED = { reserved: 10, sideBySide: 10 };
const FIVE_IN_TEN_SECONDS = () => fixedWindow(5, 10_000);

/** Share of the requests that was refused, and of the receiver's own rate that was used. */
async function use(perSecond: number, course: Parameters<typeof deliverVirtually>[0]) {
  const { requests, delivered } = await deliverVirtually(course);
  return {
    wasted: (requests - delivered) / requests,
    used: delivered / ((perSecond * course.endMs) / 1_000),
  };
}

describe('a receiver with a limit loses little and gives what it can', () => {
  it.each([
    ['5 per 10 s, Retry-After 10', 0.5, limited(FIVE_IN_TEN_SECONDS(), always(10))],
    ['5 per 10 s, the right Retry-After', 0.5, limited(FIVE_IN_TEN_SECONDS(), right)],
    ['5 per 10 s, no Retry-After', 0.5, limited(FIVE_IN_TEN_SECONDS(), silent)],
    ['5 per 10 s, a Retry-After that is too short', 0.5, limited(FIVE_IN_TEN_SECONDS(), always(1))],
    ['5 in any 10 s, Retry-After 10', 0.5, limited(slidingWindow(5, 10_000), always(10))],
    ['5 in any 10 s, no Retry-After', 0.5, limited(slidingWindow(5, 10_000), silent)],
    ['5 per 10 s, 503 with Retry-After 10', 0.5, limited(FIVE_IN_TEN_SECONDS(), always(10), 503)],
    ['100 a minute, the right Retry-After', 100 / 60, limited(fixedWindow(100, MINUTE), right)],
    ['100 a minute, no Retry-After', 100 / 60, limited(fixedWindow(100, MINUTE), silent)],
    ['10 a second, the right Retry-After', 10, limited(tokenBucket(10, 10), right)],
    ['10 a second, no Retry-After', 10, limited(tokenBucket(10, 10), silent)],
  ])('%s', async (_, perSecond, endpoint) => {
    const endMs = (perSecond < 1 ? 30 : 10) * MINUTE;
    const waiting = Math.ceil((perSecond * endMs) / 1_000) + 100;

    const { wasted, used } = await use(perSecond, { ...FIVE, waiting, resources: 60, endpoint, endMs });

    expect(wasted).toBeLessThanOrEqual(0.15);
    expect(used).toBeGreaterThanOrEqual(0.8);
  });

  it('also with a hundred calls at a time', async () => {
    const endpoint = limited(FIVE_IN_TEN_SECONDS(), always(10));
    const course = { ...HUNDRED, waiting: 1_000, resources: 60, endpoint, endMs: 30 * MINUTE };

    const { wasted, used } = await use(0.5, course);

    expect(wasted).toBeLessThanOrEqual(0.25);
    expect(used).toBeGreaterThanOrEqual(0.8);
  });

  it('also where Retry-After asks for more than it needs: the more so, the fewer refusals there are', async () => {
    const endpoint = limited(FIVE_IN_TEN_SECONDS(), always(30));
    const course = { ...FIVE, waiting: 1_000, resources: 60, endpoint, endMs: 30 * MINUTE };

    const { wasted, used } = await use(0.5, course);

    expect(wasted).toBeLessThanOrEqual(0.1);
    expect(used).toBeGreaterThanOrEqual(0.5);
  });
});

describe('a receiver that refuses everything for a while', () => {
  it.each([
    ['a minute, and says nothing', FIVE, MINUTE, silent],
    ['a minute, and asks for five seconds', FIVE, MINUTE, always(5)],
    ['a quarter of a minute', FIVE, MINUTE / 4, silent],
    ['two minutes', FIVE, 2 * MINUTE, silent],
    ['a minute, with a hundred calls', HUNDRED, MINUTE, silent],
    ['a minute, with one call', { reserved: 1, sideBySide: 1 }, MINUTE, silent],
  ])('%s, gets everything within a minute of its return', async (_, calls, lengthMs, wish) => {
    const begin = 20_000;
    const perSecond = calls.reserved * calls.sideBySide * 10;
    const waiting = perSecond * (begin / 1_000) + 400;
    const resources = calls.reserved === 1 ? 1 : waiting;
    const endpoint = refusing(begin, begin + lengthMs, wish);

    const { last, delivered, requests } = await deliverVirtually({
      ...calls,
      waiting,
      resources,
      endpoint,
      endMs: begin + lengthMs + 10 * MINUTE,
    });

    expect(delivered).toBe(waiting);
    expect((last - begin - lengthMs) / 1_000 - 400 / perSecond).toBeLessThanOrEqual(60);
    expect(requests - delivered).toBeLessThan(2 * calls.reserved * calls.sideBySide + 120);
  });
});
