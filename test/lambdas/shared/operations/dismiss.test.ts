import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { HeldLetter } from '../../../../lambdas/shared/operations/dead-letters.ts';
import { dismiss } from '../../../../lambdas/shared/operations/dismiss.ts';
import {
  dismissUnreadable,
  unreadableEvents,
} from '../../../../lambdas/shared/operations/dismiss-unreadable.ts';
import { listDeadLetters } from '../../../../lambdas/shared/operations/list-dead-letters.ts';
import { countMessages, total } from '../../../../lambdas/shared/queue/count.ts';
import { sendMessage } from '../../../../lambdas/shared/queue/send.ts';
import { openBatches } from '../../../support/open-batches.ts';
import { idAt, type OperationsWorld, operationsWorld } from '../../../support/operations-world.ts';

describe('dismiss', () => {
  it('takes the events out of their batches, and deletes the batches of which nothing is left', async () => {
    const world = await operationsWorld();
    const first = await world.open(idAt(0), idAt(5), 2);
    const second = await world.open(idAt(5), idAt(9), 1);
    await world.bury(first, 1, {});
    await world.bury(second, 0, { logId: idAt(7) });

    const result = await dismiss(world);

    expect(result).toEqual({ dismissed: 2, notFound: [], left: 0 });
    expect((await world.ledger.readBatch(first))?.pending).toEqual(new Set([0]));
    expect(await world.ledger.readBatch(second)).toBeUndefined();
  });

  it('writes the ledger before it deletes the message', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(0), idAt(5), 1);
    await world.bury(batch, 0, {});
    const ledger = { ...world.ledger, record: () => Promise.reject(new Error('no answer')) };

    await expect(dismiss({ ...world, ledger })).rejects.toThrow('no answer');

    expect(await world.dead()).toEqual([idAt(0)]);
  });

  it('notes what was given up after the ledger is written and before the message goes', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(0), idAt(5), 2);
    await world.bury(batch, 1, {});
    const noted: unknown[] = [];
    const note = async (letters: readonly HeldLetter[]) => {
      const pending = (await world.ledger.readBatch(batch))?.pending;
      const counts = await countMessages(world.deadLetterQueue);
      noted.push(
        letters.map(({ logId, ordinal }) => [logId, ordinal]),
        pending,
        total(counts),
      );
    };

    await dismiss({ ...world, note });

    expect(noted).toEqual([[[idAt(1), 1]], new Set([0]), 1]);
  });

  it('leaves what came after the list that was shown', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(0), idAt(5), 3);
    await world.bury(batch, 0, { resource: 'users/a' });
    const { asOf, letters } = await listDeadLetters(world);
    await setTimeout(20);
    await world.bury(batch, 1, { resource: 'users/b' });

    const result = await dismiss(world, { until: asOf });

    expect(letters.map(({ ordinal }) => ordinal)).toEqual([0]);
    expect(result).toMatchObject({ dismissed: 1, left: 1 });
    expect((await world.ledger.readBatch(batch))?.pending).toEqual(new Set([1, 2]));
  });

  it('refuses what still waits, before anything is given up', async () => {
    const world = await operationsWorld();
    const batch = await world.open(idAt(0), idAt(5), 2);
    await world.bury(batch, 0, {});

    await expect(dismiss(world, { logIds: [idAt(0), idAt(1)] })).rejects.toThrow(idAt(1));

    expect((await world.ledger.readBatch(batch))?.pending).toEqual(new Set([0, 1]));
  });

  it('only deletes the message of an event that was dismissed before', async () => {
    const world = await operationsWorld();
    await world.bury('batch#gone#1#x', 0, {});

    expect(await dismiss(world)).toMatchObject({ dismissed: 1, left: 0 });
    expect(await openBatches(world.ledger)).toEqual([]);
  });

  it('only deletes the message of somebody else', async () => {
    const world = await operationsWorld();
    const foreign = { body: 'hello', group: 'foreign', deduplicationId: 'x', attributes: {} };
    await sendMessage(world.deadLetterQueue, foreign);

    expect(await dismiss(world, { reason: 'not-an-event' })).toMatchObject({ dismissed: 1, left: 0 });
  });
});

describe('dismissing unreadable events', () => {
  async function withUnreadable(world: OperationsWorld): Promise<string> {
    const batch = await world.open(idAt(0), idAt(5), 3);
    await world.ledger.markEnqueued({ id: batch, round: 0 }, new Set([1, 2]));
    return batch;
  }

  it('gives up only these, once nothing waits over a minute', async () => {
    const world = await operationsWorld();
    const batch = await withUnreadable(world);

    for await (const found of unreadableEvents(world.ledger))
      expect(found).toEqual({ batch, from: idAt(0), to: idAt(5), ordinals: [1, 2] });

    expect(await dismissUnreadable(world)).toEqual({ dismissed: 2 });

    expect((await world.ledger.readBatch(batch))?.pending).toEqual(new Set([0]));
    expect(world.slept).toEqual([61_000]);
  });

  it('is refused while a message waits that may be one of them, unless it is forced', async () => {
    const world = await operationsWorld();
    const batch = await withUnreadable(world);
    await world.bury(batch, 1, {});

    await expect(dismissUnreadable(world)).rejects.toThrow('messages wait');
    expect((await world.ledger.readBatch(batch))?.pending).toEqual(new Set([0, 1, 2]));

    expect(await dismissUnreadable(world, { force: true, batch })).toEqual({ dismissed: 2 });
  });

  it('refuses a batch that has none', async () => {
    const world = await operationsWorld();

    await expect(dismissUnreadable(world, { batch: 'batch#1' })).rejects.toThrow('"batch#1" is no batch');
  });
});
