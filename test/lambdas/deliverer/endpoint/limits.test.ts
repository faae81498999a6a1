import { describe, expect, it } from 'vitest';
import { deliverVirtually } from '../../../../bench/virtual/delivery.ts';
import {
  always,
  fixedWindow,
  LIMITS,
  limited,
  partlyRefusing,
  refusing,
  silent,
  tokenBucket,
} from '../../../../bench/virtual/limits.ts';

const MINUTE = 60_000;
const FIVE = { reserved: 5, sideBySide: 1 };
const HUNDRED = { reserved: 10, sideBySide: 10 };

/**
 * The share of requests that was refused, and the share of the receiver's own rate that was used.
 */
async function use(perSecond: number, course: Parameters<typeof deliverVirtually>[0]) {
  const { requests, delivered } = await deliverVirtually(course);
  return {
    wasted: (requests - delivered) / requests,
    used: delivered / ((perSecond * course.endMs) / 1_000),
  };
}

/** Long waits for this `Retry-After` cost half of the receiver's rate. */
const LIES = '5 per 10 s, a Retry-After of 30, too long';

describe('a receiver with a limit loses little and gives what it can', () => {
  it.each(Object.entries(LIMITS))('%s', async (name, { perSecond, meter, wish, status, settings = {} }) => {
    const endMs = (perSecond < 1 ? 30 : 10) * MINUTE;
    const waiting = Math.ceil((perSecond * endMs) / 1_000) + 100;
    const endpoint = limited(meter(), wish, status);
    const course = { ...FIVE, waiting, resources: 60, endpoint, endMs, settings };

    const { wasted, used } = await use(perSecond, course);

    expect(wasted).toBeLessThanOrEqual('WEBHOOK_MAX_PER_SECOND' in settings ? 0 : 0.15);
    expect(used).toBeGreaterThanOrEqual(name === LIES ? 0.5 : 0.8);
  });

  it.each([
    ['5 per 10 s, Retry-After 10', fixedWindow(5, 10_000), always(10)],
    ['one in 2 s', tokenBucket(0.5, 1), silent],
  ])('also with a hundred calls at a time: %s', async (_, meter, wish) => {
    const endpoint = limited(meter, wish);
    const course = { ...HUNDRED, waiting: 1_000, resources: 60, endpoint, endMs: 30 * MINUTE };

    const { wasted, used } = await use(0.5, course);

    expect(wasted).toBeLessThanOrEqual(0.25);
    expect(used).toBeGreaterThanOrEqual(0.8);
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

describe('a receiver that refuses a part of all requests for a while, at any pace', () => {
  it.each([
    ['a tenth', HUNDRED, 0.1, 1],
    ['half', HUNDRED, 0.5, 2],
    ['half, with five calls', FIVE, 0.5, 1],
  ])('%s, gets everything within little more than a minute of its return', async (_, calls, share, seed) => {
    const begin = 20_000;
    const perSecond = calls.reserved * calls.sideBySide * 10;
    const waiting = perSecond * (begin / 1_000) + 2_400;
    const endpoint = partlyRefusing(share, begin, begin + MINUTE, seed);

    const { last, delivered } = await deliverVirtually({
      ...calls,
      waiting,
      endpoint,
      endMs: begin + 10 * MINUTE,
    });

    expect(delivered).toBe(waiting);
    expect((last - begin - MINUTE) / 1_000 - 2_400 / perSecond).toBeLessThanOrEqual(75);
  });
});
