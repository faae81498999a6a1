import { describe, expect, it } from 'vitest';
import { LogReadError } from '../../../../lambdas/poller/reading/log-read-error.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { logEvent, T0, userEvents } from '../../../support/log-event.ts';
import { logPage } from '../../../support/log-page.ts';
import { pollWorld } from '../../../support/poll-world.ts';
import { filterSettings } from '../../../support/settings.ts';

const MINUTE = 60_000;

async function brokenAfter(sent: number, events: readonly unknown[]) {
  const world = pollWorld(events);
  world.queue.breakAfter = sent;
  await expect(world.poll()).rejects.toThrow();
  return world;
}

it('the rest of a batch is sent whatever the filter says now', async () => {
  const events = userEvents(10);
  const world = await brokenAfter(4, events);
  world.settings = { ...world.settings, filter: filterSettings({ endpoints: [['clients']] }) };
  await world.poll();
  await world.deliver();

  expect(world.delivered).toEqual(events.map(idOf));
});

it('nothing new is sent before the rest of the last batch', async () => {
  const events = userEvents(10);
  const world = await brokenAfter(4, events);
  world.log.add(...userEvents(5, 7, T0 + 60 * MINUTE));
  world.now += 60 * MINUTE;
  await world.poll();
  await world.deliver();

  expect(world.queue.accepted.map(({ round = 0 }) => round)).toEqual([
    ...Array(4).fill(0),
    ...Array(10).fill(1),
    ...Array(5).fill(0),
  ]);
  expect(world.delivered).toEqual(world.delivered.toSorted());
  expect(world.delivered).toHaveLength(15);
});

it('what Auth0 no longer keeps stays pending, is counted and told, and holds back the checkpoint', async () => {
  const events = userEvents(10);
  const world = await brokenAfter(4, events);
  world.now += 25 * 60 * MINUTE;
  world.log.forget((event) => idOf(event) <= idOf(events[7]));

  const report = await world.poll();

  expect(report.unreadable).toBe(8);
  expect(world.told.lines.find(({ event }) => event === 'batch.finished')?.fields).toMatchObject({
    unreadable: 8,
  });
  await world.deliver();

  expect(world.delivered).toHaveLength(6); // four had been sent before the poll died
  for (let minute = 0; minute < 10; minute++) {
    world.now += MINUTE;
    const later = await world.poll();
    expect(later).toMatchObject({ pending: 4, openBatches: 1, abandoned: 0, unreadable: 0 });
    expect(later.checkpoint < later.cursor).toBe(true);
  }
});

it('one answer that leaves an event out gives nothing up: the next poll tries again', async () => {
  const events = userEvents(10);
  const world = await brokenAfter(4, events);
  const page = async () => logPage([], world.now);

  await expect(world.poll({ log: { ...world.log, page } })).rejects.toThrow('should still keep');
  await world.poll();
  await world.deliver();

  expect(world.delivered).toHaveLength(10);
});

it('what is older than the setting says, but still in the log, is given up only when it is gone', async () => {
  const events = userEvents(10);
  const world = await brokenAfter(4, events);
  world.now += 3 * 24 * 60 * MINUTE;
  const page = async () => logPage([], world.now);

  await expect(world.poll({ log: { ...world.log, page } })).rejects.toThrow('should still keep');
  expect(await world.poll()).toMatchObject({ unreadable: 0 });
});

it('entries that came late into the range of a broken batch do not hide its end', async () => {
  const events = userEvents(100);
  const world = await brokenAfter(50, events);
  world.log.add(
    ...Array.from({ length: 150 }, (_, index) =>
      logEvent({ type: 's', time: T0 + 500, sequence: 900 + index }),
    ),
  );
  await world.poll();
  await world.deliver();

  expect(world.delivered).toEqual(events.map(idOf));
});

it('two odd entries of the same content and without an id are two events', async () => {
  const odd = { type: 'sapi', description: 'no id' };
  const world = pollWorld([odd, odd, ...userEvents(1)]);

  expect(await world.poll()).toMatchObject({ matched: 3 });
  await world.deliver();

  expect(await world.poll()).toMatchObject({ pending: 0 });
});

describe('while Auth0 is slow a poll ends by itself, before it is killed', () => {
  /** A world in which each request takes 8 seconds, and the poll is killed after 55. */
  function slowWorld(entries: readonly unknown[]) {
    const world = pollWorld(entries);
    const takes = ({ timeoutMs } = { timeoutMs: 20_000 }) => {
      world.now += Math.max(0, Math.min(timeoutMs, 8_000));
      if (timeoutMs < 8_000) throw new LogReadError('auth0.unavailable', 'too slow', { timedOut: true });
    };
    const page: typeof world.log.page = async (from, limit) => {
      takes(limit);
      return await world.log.page(from);
    };
    const search: typeof world.log.search = async (sort, limit) => {
      takes(limit);
      return await world.log.search(sort);
    };
    const poll = async () => {
      const killedAt = world.now + 55_000;
      const pageTimeMs = () => killedAt - world.now - 3_000;
      const ended = await world.poll({ log: { ...world.log, page, search }, pageTimeMs }).catch(String);
      return { ended, leftMs: killedAt - world.now };
    };
    return { world, poll };
  }
  const reads = Array.from({ length: 890 }, (_, n) => logEvent({ type: 's', time: T0 + n }));
  const entries = [...reads, ...userEvents(10)].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

  it('also one that reads the batch of one that died', async () => {
    const { world, poll } = slowWorld(entries);
    world.queue.breakAfter = 4;

    await expect(world.poll({ batchPages: 10 })).rejects.toThrow();

    const { ended, leftMs } = await poll();

    expect(ended).toContain('too slow');
    expect(leftMs).toBeGreaterThan(0);
    await world.poll();
    await world.deliver();

    expect(world.delivered).toHaveLength(10);
  });

  it('also one that searches after its last page', async () => {
    const { world, poll } = slowWorld(entries.slice(0, 1));
    await world.poll();
    world.now += 60 * MINUTE;
    world.log.add(...entries.slice(1, 450));

    const { leftMs } = await poll();

    expect(leftMs).toBeGreaterThan(0);
  });
});
