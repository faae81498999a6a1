import { describe, expect, it } from 'vitest';
import { skipTo } from '../../../lambdas/shared/ledger/skipped.ts';
import { type DeliverWorld, deliverWorld, FAILED, recordOf } from '../../support/deliver-world.ts';

/**
 * The table as it was before a batch was put whose message waits. Its ledger is the same, but it is
 * older.
 */
async function restored(): Promise<DeliverWorld> {
  const world = deliverWorld();
  await world.open('before', 1);
  return world;
}

/** Skips numbers, as the first poll does on a table that no poll has worked on for a while. */
async function pollSkips({ ledger, now }: DeliverWorld): Promise<void> {
  const state = await ledger.readState();
  if (state) await ledger.claim(state, skipTo(state, now));
}

async function messageSince(resource = 'users/0') {
  const original = deliverWorld();
  await original.open('before', 1);
  const [record] = await original.open('since', 1, () => resource);
  if (!record) throw new Error('no record');
  // Ids end in random text, so no batch of the restored table gets this one.
  const batch = record.message.batch.replace(/[^#]+$/, 'former');
  return { ...record, message: { ...record.message, batch } };
}

describe('a message of a batch that a restored table has not seen', () => {
  it('is delivered, and not taken for done as its batch is missing', async () => {
    const world = await restored();
    const record = await messageSince();

    expect(await world.deliver([record])).toEqual([]);

    expect(world.attempted).toEqual(['since0']);
    expect(world.lines[0]?.tracked).toBe(false);
  });

  it('comes back when it fails, and leaves no ghost of its batch in the table', async () => {
    const world = await restored();
    const record = await messageSince();
    world.answer = () => FAILED;

    expect(await world.deliver([record])).toEqual(['since0']);

    expect(await world.ledger.readBatch(record.message.batch)).toBeUndefined();
  });

  it('is delivered, too, once polls have made the table newer: what was read since may be gone', async () => {
    const world = await restored();
    const record = await messageSince();
    await pollSkips(world);
    const [again] = await world.open('again', 1);

    expect(await world.deliver([record])).toEqual([]);

    expect(world.attempted).toEqual(['since0']);
    expect(await world.pending(again)).toEqual([0]);
  });

  it('is not delivered a second time when its batch is one that the table has had', async () => {
    const world = await restored();
    await pollSkips(world);
    const [record] = await world.open('after', 1);
    if (!record) throw new Error('no record');

    await world.deliver([record]);
    await world.deliver([record]);

    expect(world.attempted).toEqual(['after0']);
  });

  it('leaves the bookkeeping of what the table knows as it was', async () => {
    const world = deliverWorld();
    const [known] = await world.open('before', 1);
    if (!known) throw new Error('no record');

    await world.deliver([known, recordOf({ ...(await messageSince('users/1')).message })]);

    expect(world.attempted.toSorted()).toEqual(['before0', 'since0']);
    expect(await world.pending(known)).toBeUndefined();
  });
});
