import { describe, expect, it } from 'vitest';
import { deliverVirtually } from '../../../../bench/virtual/delivery.ts';
import { DOWN, downUntil, poisoned } from '../../../../bench/virtual/endpoints.ts';
import { fixedWindow, limited, right } from '../../../../bench/virtual/limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIVE = { reserved: 5, sideBySide: 1 };
const ONE = { reserved: 1, sideBySide: 1 };
const KINDS = Object.keys(DOWN) as (keyof typeof DOWN)[];

describe('the real delivery function in virtual time', () => {
  it.each(KINDS)('asks an endpoint that is dead (%s) about twice a minute, whatever waits', async (kind) => {
    const endpoint = downUntil(Number.POSITIVE_INFINITY, kind);

    const { requests, mostAtOnce } = await deliverVirtually({
      ...FIVE,
      waiting: 200,
      endpoint,
      endMs: 2 * HOUR,
    });

    // Ten find it dead. Then each of two lanes has a probe every 1/30 of the outage: 183 in the
    // first hour, 60 in each later one (3,100 a day).
    expect(requests).toBeLessThanOrEqual(10 + 2 * 195);
    expect(requests).toBeGreaterThan(100);
    expect(mostAtOnce).toBeLessThanOrEqual(5);
  });

  it.each([
    ['a minute', MINUTE, 60],
    ['an hour', HOUR, 360],
  ])('delivers everything soon after an outage of %s', async (_, length, seconds) => {
    const course = { ...FIVE, waiting: 100, endpoint: downUntil(length, 'refused'), endMs: length + HOUR };

    const { last, delivered } = await deliverVirtually(course);

    expect(delivered).toBe(100);
    expect((last - length) / 1_000 - (100 * 0.1) / 5).toBeLessThanOrEqual(seconds);
  });

  it.each([
    ['one call at a time in one group', { ...ONE, resources: 1 }],
    ['two resources', { ...FIVE, resources: 2 }],
  ])('recovers as soon with %s, where no pause is found', async (_, few) => {
    for (const [length, seconds] of [
      [MINUTE, 60],
      [3 * HOUR, 360],
    ] as const) {
      const course = { ...few, waiting: 20, endpoint: downUntil(length, 'refused'), endMs: length + HOUR };

      const { last, delivered, requests } = await deliverVirtually(course);

      expect(delivered).toBe(20);
      expect((last - length) / 1_000 - 20 * 0.1).toBeLessThanOrEqual(seconds);
      expect(requests).toBeLessThan(400);
    }
  });

  it('wastes nothing with a right WEBHOOK_MAX_PER_SECOND', async () => {
    const settings = { WEBHOOK_MAX_PER_SECOND: '0.5' };
    const course = {
      ...FIVE,
      waiting: 100,
      resources: 60,
      endpoint: limited(fixedWindow(5, 10_000), right),
      endMs: HOUR,
      settings,
    };

    const { refused, delivered } = await deliverVirtually(course);

    expect([refused, delivered]).toEqual([0, 100]);
  });

  it('delivers around poison events', async () => {
    const isPoison = (logId: string) => Number(logId.slice(1)) % 20 === 0;
    const course = { ...FIVE, waiting: 200, endpoint: poisoned(isPoison), endMs: 10 * MINUTE };

    const { delivered, last } = await deliverVirtually(course);

    expect(delivered).toBe(190);
    expect(last).toBeLessThan(MINUTE);
  });

  it('is paused and resumed around a rare healthy burst by poison events, which hold it back for seconds', async () => {
    const [poison, burst] = [4, 20];
    const arrivalMs = (event: number) => (event < poison ? 0 : Math.ceil((event - 3) / burst) * HOUR);
    const waiting = poison + 12 * burst;
    const isPoison = (logId: string) => Number(logId.slice(1)) < poison;
    const endpoint = poisoned(isPoison);
    let longest = 0;

    const { delivered, requests } = await deliverVirtually({
      ...FIVE,
      waiting,
      arrivalMs,
      endMs: 12.5 * HOUR,
      endpoint(now, logId) {
        if (!isPoison(logId)) longest = Math.max(longest, now - arrivalMs(Number(logId.slice(1))));
        return endpoint(now, logId);
      },
    });

    expect(delivered).toBe(12 * burst);
    expect(longest).toBeLessThanOrEqual(5_000);
    expect(requests - delivered).toBeLessThan(12 * 30);
  });
});
