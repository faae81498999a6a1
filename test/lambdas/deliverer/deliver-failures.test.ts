import { expect, it } from 'vitest';
import { deliverWorld, FAILED } from '../../support/deliver-world.ts';
import { openBatches } from '../../support/open-batches.ts';

const broken = async (): Promise<never> => {
  throw new Error('ProvisionedThroughputExceeded');
};

it('what could not be recorded returns later each time; a failed one that has a longer delay keeps it', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 3);
  world.answer = (id) => (id === 'a1' ? { ...FAILED, retryAfterSeconds: 60 } : undefined);
  const returned = await world.deliver(records, { ledger: { ...world.ledger, record: broken } });

  expect(returned.toSorted()).toEqual(['a0', 'a1', 'a2']);
  expect(Object.fromEntries(world.postponed)).toEqual({ a0: 3, a1: 60, a2: 3 });
  expect(world.told.events()).toEqual(['ledger.failed']);
  const older = records.map((record) => ({ ...record, receiveCount: 12 }));
  await world.deliver(older, { ledger: { ...world.ledger, record: broken } });

  expect(Object.fromEntries(world.postponed)).toEqual({ a0: 900, a1: 900, a2: 900 });
});

it('one batch that cannot be recorded does not hold back another', async () => {
  const world = deliverWorld();
  const first = await world.open('a', 1);
  const second = await world.open('b', 1);
  const record: typeof world.ledger.record = (id, outcomes) =>
    id === first[0]?.message.batch ? broken() : world.ledger.record(id, outcomes);

  expect(await world.deliver([...first, ...second], { ledger: { ...world.ledger, record } })).toEqual(['a0']);
  expect(await world.pending(second[0])).toBeUndefined();
});

it('a batch that was delivered meanwhile makes no ghost and returns nothing', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 1);
  world.answer = async () => {
    await world.ledger.removeBatch(records[0]?.message.batch ?? '');
    return { kind: 'delivered', status: 200 };
  };

  expect(await world.deliver(records)).toEqual([]);
  expect(await openBatches(world.ledger)).toEqual([]);
});

it.each(['removeIfDelivered', 'checkpoint', 'writeCheckpoint'] as const)(
  'a failing %s afterwards costs nothing but a line',
  async (name) => {
    const world = deliverWorld();
    const records = await world.open('a', 1);

    expect(await world.deliver(records, { ledger: { ...world.ledger, [name]: broken } })).toEqual([]);
    expect(world.told.events()).toHaveLength(1);
  },
);

it('a visibility time that cannot be set is told and never fatal', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 2, () => 'users/1');
  world.answer = () => FAILED;
  const queue = { ...world.deps().queue, hide: broken };

  expect(await world.deliver(records, { queue })).toEqual(['a0', 'a1']);
  expect(world.told.events()).toEqual(['postpone.failed']);
});

it('a crash between the answer and its record repeats only what was not recorded', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 3);
  await world.deliver(records.slice(0, 1));
  const never = new Promise<never>(() => {}); // the process is gone before anything is recorded
  void world.deliver(records, { ledger: { ...world.ledger, record: () => never } });

  await expect.poll(() => world.attempted.length).toBe(3);
  expect(await world.deliver(records)).toEqual([]);
  expect(world.attempted).toEqual(['a0', 'a1', 'a2', 'a1', 'a2']);
});

it('the checkpoint stops before a batch that is not delivered, whatever comes after it', async () => {
  const world = deliverWorld();
  const poison = await world.open('a', 3);
  const later = await world.open('b', 3, (ordinal) => `clients/${ordinal}`);
  world.answer = (id) => (id === 'a1' ? FAILED : undefined);
  await world.deliver([...poison, ...later]);

  expect(world.ledger.written).toBe('100');
  world.answer = () => undefined;
  await world.deliver(poison);

  expect(world.ledger.written).toBe('300');
});

it('a batch has one update, however its records lie among others', async () => {
  const world = deliverWorld();
  const first = await world.open('a', 2, () => 'users/1');
  const second = await world.open('b', 2, () => 'users/1');
  const updated: string[] = [];
  const record: typeof world.ledger.record = (id, outcomes) => {
    updated.push(id);
    return world.ledger.record(id, outcomes);
  };
  const mixed = [first[0], second[0], first[1], second[1]].filter((each) => each !== undefined);

  expect(await world.deliver(mixed, { ledger: { ...world.ledger, record } })).toEqual([]);

  expect(updated).toEqual([first[0]?.message.batch, second[0]?.message.batch]);
});

it('the outcome of a batch is recorded while requests of another one go on, so that a crash repeats less', async () => {
  const world = deliverWorld();
  const first = await world.open('a', 2, () => 'users/1');
  const second = await world.open('b', 1, () => 'users/1');
  const never = new Promise<never>(() => {}); // the process is gone in the middle of its last request
  world.answer = (events) => (events === 'b0' ? never : undefined);
  void world.deliver([...first, ...second]);

  await expect.poll(() => world.attempted).toEqual(['a0', 'a1', 'b0']);

  expect(await world.pending(first[0])).toBeUndefined();
  expect(await world.pending(second[0])).toEqual([0]);
});

it('an update that is put off until the invocation ends is made once, and waited for', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 2, () => 'users/1');
  const putOff: (() => void)[] = [];
  const updated: string[] = [];
  const record: typeof world.ledger.record = async (id, outcomes) => {
    updated.push(id);
    return await world.ledger.record(id, outcomes);
  };

  await world.deliver(records, {
    ledger: { ...world.ledger, record },
    later: (work) => void putOff.push(work),
  });

  expect(await world.pending(records[0])).toBeUndefined();
  for (const work of putOff) work();

  expect(putOff).toHaveLength(1);
  expect(updated).toHaveLength(1);
});
