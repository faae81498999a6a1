import { expect, it } from 'vitest';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import { logEvent, T0, userEvents } from '../../../support/log-event.ts';
import { type PollWorld, pollWorld } from '../../../support/poll-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function pollEvery(world: PollWorld, ms: number, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    world.now += ms;
    await world.poll();
  }
}

it('what a purge lost is read and sent again after five minutes of quiet, and told', async () => {
  const events = userEvents(250);
  const world = pollWorld(events);
  await world.poll();
  world.queue.purge();
  await pollEvery(world, MINUTE, 5);

  expect(world.queue.messages).toEqual([]);
  await pollEvery(world, MINUTE, 3);
  await world.deliver();

  expect(world.delivered).toEqual(events.map(idOf));
  expect(world.told.lines.filter(({ event }) => event === 'batches.abandoned')).toHaveLength(1);
  expect(await world.poll()).toMatchObject({ pending: 0, openBatches: 0, checkpoint: idOf(events[249]) });
});

it('only batches that lost messages are read again', async () => {
  const world = pollWorld(userEvents(250));
  await world.poll();
  const firstPage = world.queue.messages.splice(0, 100);
  world.queue.messages.splice(0, Number.POSITIVE_INFINITY, ...firstPage);
  await world.deliver();
  await pollEvery(world, MINUTE, 13);

  expect(world.queue.messages).toHaveLength(150);
});

it('a message in either queue means patience, and the quiet begins anew', async () => {
  const world = pollWorld(userEvents(50));
  await world.poll();
  const [kept] = world.queue.messages;
  if (!kept) throw new Error('nothing was sent');
  world.queue.purge();
  await pollEvery(world, MINUTE, 4);
  world.queue.messages.push(kept); // it comes back from the dead-letter queue
  await pollEvery(world, MINUTE, 1);
  world.queue.purge();
  await pollEvery(world, MINUTE, 4);

  expect(world.queue.accepted).toHaveLength(50);
});

it('a crash after the cursor went back abandons those batches all the same', async () => {
  const events = userEvents(250);
  const world = pollWorld(events);
  await world.poll();
  world.queue.purge();
  await pollEvery(world, MINUTE, 9);
  let removed = 0;
  const removeBatch: typeof world.ledger.removeBatch = async (id) => {
    if (removed++ === 1) throw new Error('died');
    await world.ledger.removeBatch(id);
  };
  for (let minute = 0; minute < 3; minute++) {
    world.now += MINUTE;
    await world.poll({ ledger: { ...world.ledger, removeBatch } }).catch(() => {});
  }
  await pollEvery(world, MINUTE, 2);
  await world.deliver();

  expect(world.delivered).toEqual(events.map(idOf));
  expect(await world.poll()).toMatchObject({ pending: 0, openBatches: 0 });
});

it('what Auth0 no longer keeps stays pending and is told, and nothing is sent again for it', async () => {
  const events = userEvents(50);
  const world = pollWorld(events, { retentionDays: 1 });
  world.now -= 50 * MINUTE;
  await world.poll();
  world.queue.purge();
  world.log.forget(() => true);
  await pollEvery(world, DAY, 6);
  world.log.add(logEvent({ time: T0 + DAY, path: '/api/v2/users/later' }));
  const report = await world.poll();

  expect(world.told.events().filter((event) => event === 'events.unreadable')).toHaveLength(1);
  expect(world.told.events()).not.toContain('batches.abandoned');
  expect(report).toMatchObject({ pending: 51, checkpoint: expect.not.stringMatching(report.cursor) });
  await world.deliver();

  expect(world.delivered).toHaveLength(1);
});

it('a dead letter does not hide what else was lost', async () => {
  const events = userEvents(250);
  const world = pollWorld(events);
  await world.poll();
  const [dead] = world.queue.messages;
  if (!dead) throw new Error('nothing was sent');
  const outcomes = { delivered: new Set<number>(), failed: new Map(), deadLettered: new Set([dead.ordinal]) };
  await world.ledger.record(dead.batch, outcomes);
  world.queue.purge();
  world.queue.deadLettered = 1;

  await pollEvery(world, MINUTE, 8);
  await world.deliver();

  expect(world.delivered).toHaveLength(250);
  expect(await world.poll()).toMatchObject({ pending: 1, openBatches: 1 }); // the dead letter's own
});

it('what waits on the dead-letter queue alone is not lost', async () => {
  const world = pollWorld(userEvents(1));
  await world.poll();
  const [dead] = world.queue.messages;
  if (!dead) throw new Error('nothing was sent');
  const outcomes = { delivered: new Set<number>(), failed: new Map(), deadLettered: new Set([dead.ordinal]) };
  await world.ledger.record(dead.batch, outcomes);
  world.queue.purge();
  world.queue.deadLettered = 1;

  await pollEvery(world, MINUTE, 20);

  expect(world.told.events()).not.toContain('batches.abandoned');
  expect(await world.poll()).toMatchObject({ pending: 1 });
});

it('a poll that counts messages and dies ends the quiet all the same', async () => {
  const world = pollWorld(userEvents(1));
  await world.poll();
  const counts = async () => ({ waiting: 0, deadLettered: 0 }); // as SQS's may be for a minute
  const stale = { queue: { ...world.queue, counts } };
  const clearQuiet = async () => {
    throw new Error('died');
  };
  for (let minute = 0; minute < 10; minute += 2) {
    world.now += MINUTE;
    await world.poll(stale);
    world.now += MINUTE;
    await world.poll({ ledger: { ...world.ledger, clearQuiet } }).catch(() => {});
  }

  expect(world.told.events()).not.toContain('batches.abandoned');
});

it('a dead letter that is redriven is not lost, though others wait and SQS does not count it yet', async () => {
  const world = pollWorld(userEvents(2));
  await world.poll();
  const [redriven, other] = world.queue.messages;
  if (!redriven || !other) throw new Error('nothing was sent');
  const nothing = { delivered: new Set<number>(), failed: new Map(), deadLettered: new Set<number>() };
  const ordinals = new Set([redriven.ordinal, other.ordinal]);
  await world.ledger.record(redriven.batch, { ...nothing, deadLettered: ordinals });
  world.queue.purge();
  world.queue.deadLettered = 2;
  await pollEvery(world, MINUTE, 10);
  world.queue.deadLettered = 1;
  const failure = { attempts: 1, firstAt: world.now };
  await world.ledger.record(redriven.batch, { ...nothing, failed: new Map([[redriven.ordinal, failure]]) });
  await pollEvery(world, MINUTE, 1);
  world.queue.messages.push(redriven); // counted now
  await pollEvery(world, MINUTE, 10);

  expect(world.told.events()).not.toContain('batches.abandoned');
});
