import { expect, it } from 'vitest';
import { idOf } from '../../../lambdas/shared/log-event.ts';
import { userEvents } from '../../support/log-event.ts';
import { type PollWorld, pollWorld } from '../../support/poll-world.ts';

/** A queue that takes the first messages and then says that they may be out of order. */
function doubtful(world: PollWorld, taken: number) {
  const sendQuickly: typeof world.queue.sendQuickly = async (messages, order) => {
    await world.queue.send(messages.slice(taken), order);
    return 'overtaken';
  };
  return { ...world.queue, sendQuickly };
}

it('a batch that may be out of order is sent anew at once, and each event is delivered once', async () => {
  const events = userEvents(10);
  const world = pollWorld(events);
  await world.poll({ queue: doubtful(world, 3) });
  await world.deliver();

  expect(world.delivered).toEqual(events.map(idOf));
  expect(world.told.lines.find(({ event }) => event === 'batch.sent-anew')?.fields).toMatchObject({
    events: 10,
    reason: 'overtaken',
  });
  expect(await world.poll()).toMatchObject({ pending: 0, openBatches: 0 });
});

it('only what is still pending is sent anew', async () => {
  const world = pollWorld(userEvents(10));
  const queue = doubtful(world, 0);
  const sendQuickly: typeof queue.sendQuickly = async (messages, order) => {
    await queue.sendQuickly(messages, order);
    await world.deliver();
    return 'overtaken';
  };
  await world.poll({ queue: { ...queue, sendQuickly } });

  expect(world.delivered).toHaveLength(10);
  expect(world.queue.accepted).toHaveLength(10);
});

it('a poll stops when another one sends its batch anew meanwhile', async () => {
  const world = pollWorld(userEvents(150));
  const sendQuickly: typeof world.queue.sendQuickly = async (messages, order) => {
    await world.queue.sendQuickly(messages, order);
    await world.ledger.beginRound(messages[0]?.batch ?? '', new Set());
    return undefined;
  };

  expect(await world.poll({ queue: { ...world.queue, sendQuickly } })).toMatchObject({
    stoppedBy: 'overtaken',
    read: 100,
  });
  await world.poll();
  await world.deliver();

  expect(world.delivered).toHaveLength(150);
});

it('a dead letter that was redriven between two polls is not taken for unreadable', async () => {
  const world = pollWorld(userEvents(10));
  const dies = async () => {
    throw new Error('the poll dies');
  };
  const sendQuickly: typeof world.queue.sendQuickly = async (messages, order) => {
    await world.queue.sendQuickly(messages, order);
    return await dies();
  };

  await expect(world.poll({ queue: { ...world.queue, sendQuickly } })).rejects.toThrow('dies');
  const [batch] = await world.ledger.openBatchesAfter(undefined, 1);
  const id = batch?.id ?? '';
  const nothing = { delivered: new Set<number>(), failed: new Map(), deadLettered: new Set<number>() };
  await world.ledger.record(id, { ...nothing, deadLettered: new Set([3]) });

  await expect(world.poll({ queue: { ...world.queue, send: dies } })).rejects.toThrow('dies');
  await world.ledger.record(id, { ...nothing, failed: new Map([[3, { attempts: 1, firstAt: 0 }]]) });

  await world.poll();

  expect((await world.ledger.readBatch(id))?.unreadable).toEqual(new Set());
});
