import { describe, expect, it } from 'vitest';
import { pause, resume } from '../../../../lambdas/shared/operations/pause.ts';
import { rebind } from '../../../../lambdas/shared/operations/rebind.ts';
import { rewind, undoRewind } from '../../../../lambdas/shared/operations/rewind.ts';
import { standing } from '../../../../lambdas/shared/operations/standing.ts';
import { memoryLedger } from '../../../support/memory-ledger.ts';
import { idAt, LEDGER, type OperationsWorld, operationsWorld } from '../../../support/operations-world.ts';

async function readUntil(world: Pick<OperationsWorld, 'ledger'>, cursor: string) {
  const state = await world.ledger.createState(LEDGER, cursor, 1);
  if (!state) throw new Error('there is a state already');
  return state;
}

describe('rewind', () => {
  it('moves the cursor back, so that a poll that runs meanwhile ends', async () => {
    const world = await operationsWorld();
    const read = await readUntil(world, idAt(9));

    const result = await rewind(world, { to: idAt(4), count: async () => 3 });

    expect(result).toEqual({ from: idAt(9), to: idAt(4), events: 3, done: true });
    expect(await world.ledger.readState()).toMatchObject({ cursor: idAt(4) });
    expect(await world.ledger.claim(read, { cursor: idAt(10) })).toBeUndefined();
  });

  it('skips its number, as the table may have been restored and a message know it', async () => {
    const now = Date.UTC(2026, 10, 23, 9, 0, 10);
    const world = { ledger: memoryLedger(), now: () => now };
    const read = await readUntil(world, idAt(9));

    await rewind(world, { to: idAt(4) });

    expect(await world.ledger.readState()).toMatchObject({
      seq: read.seq + 1,
      skipped: [{ after: read.seq, until: read.seq + 1 }],
    });
  });

  it.each([
    ['an ISO time', '2026-11-23T09:00:02Z', idAt(2)],
    ['how long ago', '8s', idAt(2)],
  ])('takes %s as the position', async (_, to, cursor) => {
    const world = { ledger: memoryLedger() };
    await readUntil(world, idAt(9));

    await rewind({ ...world, now: () => Date.UTC(2026, 10, 23, 9, 0, 10) }, { to });

    expect(await world.ledger.readState()).toMatchObject({ cursor });
  });

  it.each([
    ['a newer position', idAt(10), 'is not before the cursor'],
    ['the cursor itself', idAt(9), 'is not before the cursor'],
    ['an id of another tenant', `800${idAt(4).slice(3)}`, "this one's begin with 900"],
    ['an id of another shape', idAt(4).slice(4), 'has another shape'],
    ['no position at all', 'yesterday', 'give a time such as'],
  ])('refuses %s', async (_, to, message) => {
    const world = { ledger: memoryLedger(), now: Date.now };
    await readUntil(world, idAt(9));

    await expect(rewind(world, { to })).rejects.toThrow(message);
    expect(await world.ledger.readState()).toEqual({ ledger: LEDGER, cursor: idAt(9), seq: 1 });
  });

  it('changes nothing in a dry run, and where nothing was ever read', async () => {
    const world = await operationsWorld();

    await expect(rewind(world, { to: idAt(1) })).rejects.toThrow('nothing was read yet');
    await readUntil(world, idAt(9));

    expect(await rewind(world, { to: idAt(4), dryRun: true })).toMatchObject({ done: false });

    expect(await world.ledger.readState()).toMatchObject({ cursor: idAt(9), seq: 1 });
  });

  it('is refused when the ledger was bound to another tenant since the position was chosen', async () => {
    const world = await operationsWorld();
    await readUntil(world, idAt(5));
    const rebound = async () => {
      await rebind(world, { tenant: 'next.eu.auth0.com' });
      const state = await world.ledger.readState();
      if (state) await world.ledger.claim(state, { cursor: idAt(9), startsAnew: undefined });
      return 0;
    };

    await expect(rewind(world, { to: idAt(4), count: rebound })).rejects.toThrow('bound to another tenant');
    expect(await world.ledger.readState()).toMatchObject({ cursor: idAt(9) });
  });

  it('is refused when the settings name another tenant than the one whose log is read', async () => {
    const world = await operationsWorld();
    await readUntil(world, idAt(5));
    const state = await world.ledger.readState();
    if (state) await world.ledger.claim(state, { tenant: 'there.auth0.com' });

    const refused = rewind(world, { to: idAt(4), tenant: 'here.auth0.com' });

    await expect(refused).rejects.toThrow('reads the log of there.auth0.com');
    expect(await world.ledger.readState()).toMatchObject({ cursor: idAt(5) });
  });

  it('can be repeated, and taken back, until a poll has read on', async () => {
    const world = await operationsWorld();
    await readUntil(world, idAt(9));
    await rewind(world, { to: idAt(6) });
    await rewind(world, { to: idAt(4) });

    expect(await rewind(world, { to: idAt(4) })).toMatchObject({ from: idAt(9), to: idAt(4) });
    expect(await undoRewind(world)).toMatchObject({ from: idAt(4), to: idAt(9) });
    await expect(undoRewind(world)).rejects.toThrow('no rewind to take back');

    await rewind(world, { to: idAt(4) });
    const state = await world.ledger.readState();
    if (state) await world.ledger.claim(state, { cursor: idAt(5), last: state.last });

    await expect(undoRewind(world)).rejects.toThrow('polls have read on since');
    expect(await world.ledger.readState()).toMatchObject({ cursor: idAt(5) });
  });
});

describe('pause', () => {
  it('keeps the reason and since when, until it is resumed', async () => {
    const world = await operationsWorld();

    await pause({ ...world, now: () => 1_000 }, { what: 'deliveries', reason: 'migration' });
    const again = await pause({ ...world, now: () => 2_000 }, { what: 'deliveries', reason: 'longer' });
    await pause({ ...world, now: () => 3_000 }, { what: 'polls', reason: 'too' });

    expect(again).toEqual({ deliveries: { reason: 'longer', at: 1_000 } });
    expect(await resume(world, { what: 'deliveries' })).toEqual({ polls: { reason: 'too', at: 3_000 } });
    expect(await resume(world, { what: 'deliveries' })).toEqual({ polls: { reason: 'too', at: 3_000 } });
  });

  it.each([
    ['something else', { what: 'delivery', reason: 'x' }, 'did you mean "deliveries"?'],
    ['no reason', { what: 'polls', reason: ' ' }, 'the reason has 0 characters'],
  ])('refuses %s', async (_, args, message) => {
    const world = await operationsWorld();

    await expect(pause(world, args)).rejects.toThrow(message);
    expect(await world.pauses.read()).toEqual({});
  });
});

describe('rebind', () => {
  const tenant = 'next.eu.auth0.com';

  it('draws a new ledger for the other tenant, whose position the next poll takes', async () => {
    const world = await operationsWorld();
    const read = await readUntil(world, idAt(9));
    await world.ledger.writeCheckpoint(idAt(9), 1, { at: 1, end: idAt(9) });

    const rebound = await rebind(world, { tenant });

    expect(rebound).toEqual({ from: undefined, to: tenant, cursor: idAt(9), forgotten: 0 });
    const state = await world.ledger.readState();

    expect(state).toMatchObject({ tenant, cursor: '', startsAnew: true });
    expect(state?.ledger).not.toBe(read.ledger);
    expect(await world.ledger.caughtUpAt(idAt(9))).toBeUndefined();
    expect(await world.ledger.claim(read, { cursor: idAt(10) })).toBeUndefined();
  });

  it('changes nothing when it is repeated', async () => {
    const world = await operationsWorld();
    await readUntil(world, idAt(9));
    await rebind(world, { tenant });
    const before = await world.ledger.readState();

    expect(await rebind(world, { tenant })).toMatchObject({ from: tenant, to: tenant });

    expect(await world.ledger.readState()).toEqual(before);
  });

  it('is refused while an event is open, unless it is forced', async () => {
    const world = await operationsWorld();
    await world.open(idAt(0), idAt(5), 2);

    await expect(rebind(world, { tenant })).rejects.toThrow('2 events are not delivered yet');
    expect(await world.ledger.readState()).toMatchObject({ cursor: idAt(5) });

    expect(await rebind(world, { tenant, force: true })).toMatchObject({ cursor: idAt(5), forgotten: 2 });
    expect(await world.ledger.checkpoint()).toBe('');
  });

  it('is refused while a dead letter is there', async () => {
    const world = await operationsWorld();
    await readUntil(world, idAt(9));
    await world.bury('batch#of-another-table', 0, {});

    await expect(rebind(world, { tenant })).rejects.toThrow('1 dead letters');
  });

  it('is refused for what is no domain', async () => {
    const world = await operationsWorld();

    await expect(rebind(world, { tenant: 'https://x/' })).rejects.toThrow('is no tenant');
  });
});

describe('standing', () => {
  it('tells of an unused table', async () => {
    const world = await operationsWorld();

    expect(await standing(world)).toMatchObject({
      cursor: undefined,
      checkpoint: undefined,
      pending: 0,
      isExact: true,
    });
  });

  it('tells cursor, checkpoint, what is pending and what is dead', async () => {
    const world = await operationsWorld();
    await world.open(idAt(1), idAt(5), 2);
    const batch = await world.open(idAt(5), idAt(9), 3);
    await world.bury(batch, 0, {});
    await pause({ ...world, now: () => 7 }, { what: 'polls', reason: 'x' });

    expect(await standing(world)).toEqual({
      cursor: idAt(9),
      checkpoint: idAt(1),
      pending: 5,
      isExact: true,
      oldestAt: 5,
      queued: { visible: 0, hidden: 0, delayed: 0 },
      deadLettered: 1,
      pauses: { polls: { reason: 'x', at: 7 } },
    });
  });

  it('tells no checkpoint of a state that changed while it was read', async () => {
    const world = await operationsWorld();
    await world.open(idAt(1), idAt(5), 1);
    const ledger = { ...world.ledger, front: async () => undefined };

    expect(await standing({ ...world, ledger })).toMatchObject({ checkpoint: undefined, pending: 1 });
  });
});
