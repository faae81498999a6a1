import { expect, it } from 'vitest';
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
