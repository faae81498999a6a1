import { expect, it } from 'vitest';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { logEvent, T0, userEvents } from '../../../support/log-event.ts';
import { openBatches } from '../../../support/open-batches.ts';
import { type PollWorld, pollWorld } from '../../../support/poll-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A log whose search for the oldest entry shows nothing once. */
function lyingOnce({ log }: PollWorld): PollWorld['log'] {
  let lies = 1;
  return {
    ...log,
    search: async (sort) => {
      const page = await log.search(sort);
      return sort === 'oldest' && lies-- > 0 ? { ...page, entries: [] } : page;
    },
  };
}

it('one empty search gives up nothing that a purge lost, whatever the retention setting says', async () => {
  const events = userEvents(5);
  const world = pollWorld(events, { retentionDays: 1 });
  await world.poll();
  world.now += 2 * DAY;
  await world.poll(); // the log is proven to be read to its end: no gap is looked for after this
  world.queue.purge();
  world.queue.forgetDuplicates();

  const log = lyingOnce(world);
  for (let minute = 0; minute < 20; minute++) {
    world.now += MINUTE;
    await world.poll({ log }).catch(() => {});
  }
  await world.deliver();

  expect(world.told.events()).not.toContain('events.unreadable');
  expect(world.delivered).toEqual(events.map(idOf));
  expect(await openBatches(world.ledger)).toEqual([]);
});

it('one empty search is no gap', async () => {
  const world = pollWorld([logEvent({ time: T0 })]);
  await world.poll();
  world.now += 3 * DAY;
  const log = lyingOnce(world);

  await expect(world.poll({ log })).rejects.toMatchObject({ reason: 'auth0.position' });
  await world.poll({ log });

  expect(world.told.events()).not.toContain('gap.detected');
});
