import { describe, expect, it } from 'vitest';
import { deliverWorld, FAILED } from '../../support/deliver-world.ts';

const ONE = () => 'users/1';

it('delivers all, empties the batch and writes the checkpoint', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 4);

  expect(await world.deliver(records)).toEqual([]);
  expect(world.attempted).toEqual(['a0', 'a1', 'a2', 'a3']);
  expect(await world.pending(records[0])).toBeUndefined();
  expect(world.ledger.written).toBe('200');
});

it('attempts are side by side across resources, up to the share, and in order within one', async () => {
  const world = deliverWorld();
  let running = 0;
  let most = 0;
  world.answer = async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return { kind: 'delivered', status: 204 };
  };
  await world.deliver(await world.open('a', 9, (ordinal) => `users/${ordinal % 3}`), { sideBySide: 2 });

  expect(most).toBe(2);
  for (const user of [0, 1, 2]) {
    const own = world.attempted.filter((id) => Number(id.slice(1)) % 3 === user);
    expect(own).toEqual(own.toSorted());
  }
});

describe('a failing event', () => {
  it('holds back the rest of its resource and nothing else', async () => {
    const world = deliverWorld();
    const records = await world.open('a', 6, (ordinal) => `users/${ordinal % 2}`);
    world.answer = (id) => (id === 'a2' ? FAILED : undefined);

    expect(await world.deliver(records)).toEqual(['a2', 'a4']);
    expect(world.attempted.toSorted()).toEqual(['a0', 'a1', 'a2', 'a3', 'a5']);
    expect((await world.pending(records[0]))?.toSorted()).toEqual([2, 4]);
  });

  it('and those held behind it get the same time', async () => {
    const world = deliverWorld();
    world.answer = () => ({ ...FAILED, retryAfterSeconds: 77 });
    await world.deliver(await world.open('a', 3, ONE));

    expect([...world.postponed]).toEqual([
      ['a0', 77],
      ['a1', 77],
      ['a2', 77],
    ]);
  });

  it('is retried alone, with a growing delay by its own attempts', async () => {
    const world = deliverWorld();
    const records = await world.open('a', 2, ONE);
    const healthy = await world.open('b', 3);
    world.answer = (id) => (id === 'a0' ? FAILED : undefined);
    const delays: (number | undefined)[] = [];
    for (let round = 0; round < 3; round++) {
      world.now += 90_000;
      await world.deliver(records);
      delays.push(world.postponed.get('a0'));
      await world.deliver(healthy.slice(round, round + 1));
    }

    expect(delays).toEqual([3, 5, 10]);
    expect(world.attempted).toEqual(['a0', 'b0', 'a0', 'b1', 'a0', 'b2']);
    expect(world.lines.flatMap(({ attempt, delaySeconds }) => (delaySeconds ? [attempt] : []))).toEqual([
      1, 2, 3,
    ]);
    world.answer = () => undefined;

    expect(await world.deliver(records)).toEqual([]);
    expect(world.attempted.slice(6)).toEqual(['a0', 'a1']);
  });

  it('comes back as soon as a held one while nothing else is delivered: the endpoint may be dead', async () => {
    const world = deliverWorld();
    const [record] = await world.open('a', 1);
    if (!record) throw new Error('no record');
    world.answer = () => FAILED;
    const delays: (number | undefined)[] = [];
    for (const receiveCount of [1, 2, 5, 20, 150]) {
      await world.deliver([{ ...record, receiveCount }]);
      delays.push(world.postponed.get('a0'));
      world.now += 60_000;
    }

    expect(delays).toEqual([3, 5, 10, 20, 40]);
    for (let attempt = 6; attempt < 12; attempt++) await world.deliver([{ ...record, receiveCount: 150 }]);

    expect(world.postponed.get('a0')).toBe(300);
  });

  it('goes to the dead-letter queue when its retry window is over, and stays pending', async () => {
    const world = deliverWorld();
    const records = await world.open('a', 2, ONE);
    world.answer = (id) => (id === 'a0' ? FAILED : undefined);
    await world.deliver(records);
    world.now += 3_600_000;

    expect(await world.deliver(records)).toEqual([]);
    expect(world.deadLettered).toEqual([
      { logId: 'a0', why: { reason: 'status', status: 500, attempts: 2 } },
    ]);
    expect(world.attempted.at(-1)).toBe('a1'); // its resource goes on
    expect(await world.pending(records[0])).toEqual([0]);
  });

  it('gets a whole retry window again when it is redriven', async () => {
    const world = deliverWorld();
    const records = await world.open('a', 1);
    world.answer = () => FAILED;
    await world.deliver(records);
    world.now += 3_600_000;
    await world.deliver(records);

    expect(await world.deliver(records)).toEqual(['a0']);
    expect(world.lines.at(-1)).toMatchObject({ attempt: 1, deadLettered: false });
  });

  it('is dead-lettered at latest twelve days after it was enqueued', async () => {
    const world = deliverWorld();
    const records = await world.open('a', 1);
    world.answer = () => FAILED;
    world.now += 12 * 24 * 3_600_000;
    await world.deliver(records, { retryWindowSeconds: 30 * 24 * 3_600 });

    expect(world.deadLettered).toHaveLength(1);
  });

  it('stays on the queue when the dead-letter queue does not take it', async () => {
    const world = deliverWorld();
    const records = await world.open('a', 2, ONE);
    world.answer = () => FAILED;
    const deadLetter = async () => {
      throw new Error('throttled');
    };
    const queue = { ...world.deps().queue, deadLetter };

    expect(await world.deliver(records, { queue, retryWindowSeconds: 0 })).toEqual(['a0', 'a1']);
    expect(world.told.events()).toEqual(['dead-letter.failed']);
  });
});

it('what was delivered already is let go without a request', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 3);
  await world.deliver(records.slice(0, 2));

  expect(await world.deliver(records)).toEqual([]);
  await world.deliver(records);

  expect(world.attempted).toEqual(['a0', 'a1', 'a2']);
});

it('the same event twice is one request', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 1);

  expect(
    await world.deliver([...records, ...records.map((record) => ({ ...record, messageId: 'again' }))]),
  ).toEqual([]);
  expect(world.attempted).toEqual(['a0']);
});

it('the second message of an event whose first became a dead letter returns', async () => {
  const world = deliverWorld();
  const records = (await world.open('a', 1)).map((record) => ({ ...record, sentAt: 0 })); // its time is over
  const again = records.map((record) => ({ ...record, messageId: 'again' }));
  world.answer = () => FAILED;

  expect(await world.deliver([...records, ...again])).toEqual(['a0']);
  expect(world.deadLettered.map(({ logId }) => logId)).toEqual(['a0']);
  expect(world.requests).toHaveLength(1);
  expect(world.postponed.get('a0')).toBe(0);
});

it('records of another ledger are delivered without bookkeeping, and said to be so', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 1);
  const others = records.map((record) => ({ ...record, message: { ...record.message, ledger: 'lost' } }));

  expect(await world.deliver(others)).toEqual([]);
  expect(world.attempted).toEqual(['a0']);
  expect(world.lines[0]?.tracked).toBe(false);
  expect(await world.pending(records[0])).toEqual([0]);
});

it('nothing is begun that could not end, and returns at once', async () => {
  const world = deliverWorld();
  const records = await world.open('a', 5, (ordinal) => `users/${ordinal % 2}`);
  const returned = await world.deliver(records, {
    leftToStartMs: () => (world.attempted.length < 3 ? 1_000 : -1),
    sideBySide: 1,
  });

  expect(world.attempted).toEqual(['a0', 'a2', 'a4']);
  expect(returned).toEqual(['a1', 'a3']);
  expect([...world.postponed.values()]).toEqual([0, 0]);
});
