import { describe, expect, it } from 'vitest';
import { deadLetterFilter, heldLetter } from '../../../../lambdas/shared/operations/dead-letters.ts';
import { eachInOrder } from '../../../../lambdas/shared/operations/in-hand.ts';
import { listDeadLetters } from '../../../../lambdas/shared/operations/list-dead-letters.ts';
import { redrive } from '../../../../lambdas/shared/operations/redrive.ts';
import { sendMessage } from '../../../../lambdas/shared/queue/send.ts';
import { idAt, operationsWorld } from '../../../support/operations-world.ts';

describe('redrive', () => {
  it('moves every dead letter back, in log order within a resource', async () => {
    const world = await operationsWorld();
    for (const second of [1, 2, 3]) await world.bury('batch#1', second, {});
    await world.bury('batch#1', 9, { resource: 'users/b' });

    const done: number[] = [];
    const result = await redrive(world, {}, (count) => done.push(count));

    expect(result).toEqual({ moved: 4, notFound: [], left: 0 });
    expect(done).toEqual([1, 2, 3, 4]);
    expect(await world.queued()).toEqual([idAt(1), idAt(2), idAt(3), idAt(9)]);
  });

  it('sends what it has in hand of a resource in log order, and none past one that failed', async () => {
    const letter = (second: number, group: string) =>
      heldLetter({
        messageId: idAt(second),
        receiptHandle: '',
        body: '',
        group,
        deduplicationId: '',
        attributes: {},
        sentAt: 0,
        receiveCount: 1,
      });
    const met: string[] = [];

    const all = eachInOrder(
      [letter(3, 'a'), letter(1, 'a'), letter(2, 'a'), letter(4, 'b')],
      async ({ logId }) => {
        met.push(logId);
        if (logId === idAt(2)) throw new Error('refused');
      },
    );

    await expect(all).rejects.toThrow('refused');
    expect(met.toSorted()).toEqual([idAt(1), idAt(2), idAt(4)]);
  });

  it('reaches what lies behind ten of a resource', async () => {
    const world = await operationsWorld();
    for (let second = 0; second < 25; second++) await world.bury('batch#1', second, {});

    const result = await redrive(world);

    expect(result).toMatchObject({ moved: 25, left: 0 });
  });

  it('reaches what lies behind more letters than are held at a time', async () => {
    const world = await operationsWorld();
    const others = Array.from({ length: 520 }, (_, ordinal) =>
      world.bury('batch#1', ordinal, { resource: `users/${ordinal}` }),
    );
    await Promise.all(others);
    await world.bury('batch#1', 600, { resource: 'users/a' });

    const result = await redrive(world, { logIds: [idAt(600)] });

    expect(result).toEqual({ moved: 1, notFound: [], left: 520 });
    expect(await world.dead()).toHaveLength(520);
  });

  it('shows again what it has passed of a resource, so that it reaches what lies behind', async () => {
    const world = await operationsWorld();
    for (let second = 0; second < 8; second++) await world.bury('batch#1', second, {});
    for (let second = 8; second < 16; second++) await world.bury('batch#1', second, { reason: 'gone' });

    const result = await redrive(world, { reason: 'gone' });

    expect(result).toEqual({ moved: 8, notFound: [], left: 8 });
  });

  it.each([
    ['log_ids', { logIds: [idAt(2)] }, [idAt(2)]],
    ['the resource', { resource: 'users/b' }, [idAt(2)]],
    ['the reason', { reason: 'gone' }, [idAt(1)]],
    ['the time', { since: '1h' }, [idAt(1), idAt(2), idAt(3)]],
  ])('moves only what matches %s', async (_, args, moved) => {
    const world = await operationsWorld();
    await world.bury('batch#1', 1, { reason: 'gone' });
    await world.bury('batch#1', 2, { resource: 'users/b' });
    await world.bury('batch#1', 3, { resource: 'users/c' });

    await redrive(world, args);

    expect((await world.queued()).toSorted()).toEqual(moved);
    expect(await world.dead()).toHaveLength(3 - moved.length);
  });

  it('drops the reason, and sends nothing twice when it is repeated after a crash', async () => {
    const world = await operationsWorld();
    await world.bury('batch#1', 1, {});
    const crashing = new Proxy(world.deadLetterQueue.client, {
      get: (client, name) =>
        name === 'send'
          ? (command: object) =>
              command.constructor.name === 'DeleteMessageCommand'
                ? Promise.reject(new Error('crashed'))
                : Reflect.apply(client.send, client, [command])
          : Reflect.get(client, name),
    });

    await expect(
      redrive({ ...world, deadLetterQueue: { ...world.deadLetterQueue, client: crashing } }),
    ).rejects.toThrow('crashed');
    expect(await redrive(world)).toMatchObject({ moved: 1, left: 0 });

    expect(await world.queued()).toEqual([idAt(1)]);
  });

  it('refuses log_ids that are not dead, before anything is moved', async () => {
    const world = await operationsWorld();
    await world.bury('batch#1', 1, {});

    await expect(redrive(world, { logIds: [idAt(1), idAt(7)] })).rejects.toThrow(
      `not on the dead-letter queue: ${idAt(7)}`,
    );

    expect(await world.dead()).toEqual([idAt(1)]);
    expect(await world.queued()).toEqual([]);
  });

  it('leaves the message of somebody else', async () => {
    const world = await operationsWorld();
    await sendMessage(world.deadLetterQueue, {
      body: 'hello',
      group: 'foreign',
      deduplicationId: 'x',
      attributes: {},
    });

    expect(await redrive(world)).toMatchObject({ moved: 0, left: 1 });
  });

  it.each([
    ['a reason that is none', { reason: 'stauts' }, 'did you mean "status"?'],
    ['a time in the future', { since: '2126-01-01T00:00:00Z' }, 'lies in the future'],
    ['a time without its zone', { since: '2026-11-23T09:00' }, 'give a time such as'],
    ['no id at all', { logIds: [] }, 'name at least one'],
    ['an id that is none', { logIds: ['a b'] }, '"a b" is no log_id'],
  ])('refuses %s', (_, args, message) => {
    expect(() => deadLetterFilter(args, Date.now())).toThrow(message);
  });
});

describe('the list of dead letters', () => {
  it('has those that match, and hides none for longer', async () => {
    const world = await operationsWorld();
    await world.bury('batch#1', 2, { reason: 'gone' });
    await world.bury('batch#1', 1, { resource: 'users/b' });

    const list = await listDeadLetters(world);
    const gone = await listDeadLetters(world, { reason: 'gone' });

    expect(list).toMatchObject({ total: 2, seen: 2 });
    expect(list.letters.map(({ logId }) => logId)).toEqual([idAt(1), idAt(2)]);
    expect(gone.letters).toMatchObject([{ logId: idAt(2), reason: 'gone', resource: 'users/a' }]);
    expect(JSON.stringify(list)).not.toContain('receipt');
  });
});
