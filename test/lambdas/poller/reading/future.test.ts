import { describe, expect, it } from 'vitest';
import { tellFuture } from '../../../../lambdas/poller/reading/future.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { logEvent, T0, userEvents } from '../../../support/log-event.ts';
import { pollWorld } from '../../../support/poll-world.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const ahead = logEvent({ time: T0 + YEAR, sequence: 900, path: '/api/v2/users/auth0%7Cahead' });

describe('tellFuture', () => {
  const pageOf = (...entries: readonly Record<string, unknown>[]) => ({
    entries,
    taken: 100,
    most: 100,
    bytes: 0,
    readAt: T0,
  });

  it('tells nothing of a page without such an entry', async () => {
    const world = pollWorld([]);

    expect(await tellFuture(pageOf(logEvent()), world.deps())).toBe(0);
    expect(world.told.lines).toEqual([]);
  });

  it('takes five minutes for two clocks that differ', async () => {
    const world = pollWorld([]);

    expect(await tellFuture(pageOf(logEvent({ time: T0 + 5 * 60_000 })), world.deps())).toBe(0);
    expect(await tellFuture(pageOf(logEvent({ time: T0 + 5 * 60_000 + 1 })), world.deps())).toBe(1);
  });

  it('counts an entry that is first once, and goes on to tell it', async () => {
    const world = pollWorld([]);
    const page = pageOf(ahead, logEvent({ time: T0 + YEAR, sequence: 901 }));

    const counted = [await tellFuture(page, world.deps()), await tellFuture(page, world.deps())];

    expect(counted).toEqual([1, 0]);
    expect(world.told.lines.map(({ level, event }) => [level, event])).toEqual([
      ['error', 'entries.future'],
      ['warn', 'entries.future'],
    ]);
    expect(world.told.lines[0]?.fields).toEqual({ first: idOf(ahead), entries: 2 });
  });

  it('counts another one that comes before it', async () => {
    const world = pollWorld([]);
    await tellFuture(pageOf(ahead), world.deps());

    const nearer = logEvent({ time: T0 + HOUR });

    expect(await tellFuture(pageOf(nearer, ahead), world.deps())).toBe(1);
  });
});

describe('an entry whose id lies a year ahead', () => {
  it.each([0, 5])(
    'ends no reading, counts once and is delivered when its time comes, with SETTLE_SECONDS=%i',
    async (settleSeconds) => {
      const before = userEvents(3);
      const world = pollWorld([...before, ahead], { settleSeconds });
      const gaps = [(await world.poll()).gaps];
      const after = userEvents(6, 7, T0 + HOUR);
      for (const event of after) {
        world.log.add(event);
        world.now += 20 * 60_000;
        const report = await world.poll();
        gaps.push(report.gaps);
        expect(report).toMatchObject({ stoppedBy: 'caught-up', cursor: idOf(event) });
      }
      await world.deliver();

      expect(world.delivered).toEqual([...before, ...after].map(idOf));
      expect(gaps).toEqual([1, 0, 0, 0, 0, 0, 0]);

      world.now = T0 + YEAR + 60_000;
      const report = await world.poll();
      await world.deliver();

      expect(report).toMatchObject({ read: 1, gaps: 0, cursor: idOf(ahead) });
      expect(world.delivered.at(-1)).toBe(idOf(ahead));
      expect(world.delivered).toHaveLength(10);
    },
  );
});
