import { describe, expect, it } from 'vitest';
import type { State } from '../../../../lambdas/shared/ledger/items.ts';
import { checkpointOf, createLedger, type Ledger } from '../../../../lambdas/shared/ledger/ledger.ts';
import { logIdAt, T0 } from '../../../support/log-event.ts';
import { openBatches } from '../../../support/open-batches.ts';
import { stateTable } from '../../../support/services.ts';

async function realLedger(): Promise<Ledger> {
  let drawn = 0;
  return createLedger((await stateTable()).table, () => `r${drawn++}`);
}

const at = (second: number) => logIdAt(T0 + second * 1_000);

async function created(ledger: Ledger, cursor = at(0)): Promise<State> {
  const state = await ledger.createState('ledger-1', cursor);
  if (!state) throw new Error('the table is used already');
  return state;
}

/** Opens and claims a batch up to `to`. */
async function opened(ledger: Ledger, state: State, to: string, count = 3) {
  const from = state.cursor;
  const pending = new Set(Array.from({ length: count }, (_, ordinal) => ordinal));
  const id = await ledger.putBatch({ from, to, seq: state.seq + 1, openedAt: 7, oldestAt: 5, pending });
  const ids = [...pending].map((ordinal) => `${to}-${ordinal}`);
  const claimed = await ledger.claim(state, { cursor: to, last: { id, from, to, ids } });
  if (!claimed) throw new Error('overtaken');
  return { id, state: claimed };
}

const outcomes = (delivered: readonly number[]) => ({
  delivered: new Set(delivered),
  failed: new Map(),
  deadLettered: new Set<number>(),
});

describe('the state', () => {
  it('is made once, also for the beginning of a log', async () => {
    const ledger = await realLedger();

    expect(await ledger.readState()).toBeUndefined();
    expect(await ledger.createState('a', '')).toEqual({ ledger: 'a', cursor: '', seq: 0 });
    expect(await ledger.createState('b', at(1))).toBeUndefined();
    expect(await ledger.readState()).toMatchObject({ ledger: 'a', cursor: '', seq: 0 });
  });

  it('is written by one of two polls that read the same', async () => {
    const ledger = await realLedger();
    const read = await created(ledger);
    const both = await Promise.all([
      ledger.claim(read, { cursor: at(1) }),
      ledger.claim(read, { cursor: at(2) }),
    ]);

    expect(both.filter((state) => state !== undefined)).toHaveLength(1);
    expect(await ledger.readState()).toMatchObject({ seq: 1 });
  });

  it('comes back as it was claimed, and keeps what was not changed', async () => {
    const ledger = await realLedger();
    const last = { id: 'batch#x', from: at(0), to: at(1), ids: ['1', '2'] };
    const first = await ledger.claim(await created(ledger), { cursor: at(1), last });

    expect(await ledger.readState()).toEqual(first);
    if (!first) throw new Error('overtaken');
    const second = await ledger.claim(first, { cursor: at(2) });

    expect(await ledger.readState()).toEqual(second);
    expect(second).toMatchObject({ cursor: at(2), last });
    const grouping = { order: 'total', version: 2 } as const;
    const abandoned = { first: 'batch#x', seq: 1, wholly: false };
    const more = { last: undefined, tenant: 'a.auth0.com', grouping, abandoned, startsAnew: true };
    const third = second && (await ledger.claim(second, more));

    expect(await ledger.readState()).toEqual(third);
  });
});

describe('a batch', () => {
  it('comes back as it was put', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));

    expect(await ledger.readBatch(id)).toEqual({
      id,
      from: at(0),
      to: at(9),
      seq: 1,
      openedAt: 7,
      oldestAt: 5,
      enqueued: false,
      round: 0,
      sentRound: 0,
      kept: new Set(),
      pending: new Set([0, 1, 2]),
      unreadable: new Set(),
      failures: new Map(),
    });
  });

  it('loses what was delivered, whatever comes twice, and is deleted when nothing is pending', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));

    expect(await ledger.record(id, outcomes([0, 1]))).toBe(false);
    expect(await ledger.record(id, outcomes([0, 1]))).toBe(false);
    await ledger.removeIfDelivered(id);

    expect((await ledger.readBatch(id))?.pending).toEqual(new Set([2]));
    expect(await ledger.record(id, outcomes([2]))).toBe(true);
    await ledger.removeIfDelivered(id);

    expect(await ledger.readBatch(id)).toBeUndefined();
  });

  it('counts failures by event, until one is dead-lettered', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));
    const failure = { attempts: 4, firstAt: T0 };
    await ledger.record(id, {
      ...outcomes([0]),
      failed: new Map([
        [1, failure],
        [2, failure],
      ]),
    });
    await ledger.record(id, { ...outcomes([]), deadLettered: new Set([2]) });
    const batch = await ledger.readBatch(id);

    expect(batch?.failures).toEqual(new Map([[1, failure]]));
    expect(batch?.pending).toEqual(new Set([1, 2]));
  });

  it('that is gone makes no ghost', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));
    await ledger.removeBatch(id);

    expect(await ledger.record(id, outcomes([0]))).toBe(false);

    expect(await ledger.markEnqueued({ id, round: 0 }, new Set([1]))).toBe(true);
    expect(await ledger.beginRound(id, new Set())).toBeUndefined();
    await ledger.removeIfDelivered(id);

    expect(await openBatches(ledger)).toEqual([]);
  });

  it('is sent anew in a round of its own, which other polls may go on with', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));
    const first = await ledger.beginRound(id, new Set([1]));

    expect(first).toMatchObject({ round: 1, kept: new Set([1]), enqueued: false });
    expect(await ledger.beginRound(id, new Set([2]))).toMatchObject({
      round: 1,
      kept: new Set([1, 2]),
    });
  });

  it('is marked only in the round that was sent, and then sent anew no more', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));
    await ledger.beginRound(id, new Set());

    expect(await ledger.markEnqueued({ id, round: 0 })).toBe(false);
    expect(await ledger.readBatch(id)).toMatchObject({ enqueued: false, sentRound: 0 });
    expect(await ledger.markEnqueued({ id, round: 1 })).toBe(true);
    expect(await ledger.readBatch(id)).toMatchObject({ enqueued: true, sentRound: 1 });
    expect(await ledger.beginRound(id, new Set())).toBeUndefined();
  });

  it('says which events could be neither sent nor read', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9));
    await ledger.markEnqueued({ id, round: 0 }, new Set([1]));

    expect(await ledger.readBatch(id)).toMatchObject({ enqueued: true, unreadable: new Set([1]) });
  });

  it('is recorded by many at once without losing any outcome', async () => {
    const ledger = await realLedger();
    const { id } = await opened(ledger, await created(ledger), at(9), 40);
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, ordinal) => ledger.record(id, outcomes([ordinal]))),
    );

    expect(all.filter(Boolean)).toHaveLength(1);
  });
});

describe('the checkpoint', () => {
  it('is the cursor while nothing is open, and the beginning of the first open batch otherwise', async () => {
    const ledger = await realLedger();

    expect(await ledger.checkpoint()).toBeUndefined();
    const first = await opened(ledger, await created(ledger), at(1), 1);
    const second = await opened(ledger, first.state, at(2), 1);

    expect(await ledger.checkpoint()).toBe(at(0));
    await ledger.record(second.id, outcomes([0]));
    await ledger.removeIfDelivered(second.id);

    expect(await ledger.checkpoint()).toBe(at(0));
    await ledger.removeBatch(first.id);

    expect(await ledger.checkpoint()).toBe(at(2));
  });

  it('is not held back by a batch that was put and not claimed', async () => {
    const ledger = await realLedger();
    const state = await created(ledger, at(5));
    for (let index = 0; index < 9; index++) {
      await ledger.putBatch({
        from: at(5),
        to: at(6),
        seq: state.seq + 1,
        openedAt: 0,
        oldestAt: 0,
        pending: new Set([0]),
      });
    }

    expect(await ledger.checkpoint()).toBe(at(5));
    expect(checkpointOf(state, await openBatches(ledger))).toBe(at(5));
    const claimed = await opened(ledger, state, at(6));
    await ledger.claim(claimed.state, { cursor: at(7) });

    expect(await ledger.checkpoint()).toBe(at(5));
  });

  it('is kept with the time at which the log was last read to its end', async () => {
    const ledger = await realLedger();

    expect(await ledger.caughtUpAt(at(1))).toBeUndefined();
    await ledger.writeCheckpoint(at(1), T0, { at: T0, end: at(3) });
    await ledger.writeCheckpoint(at(2), T0 + 9);

    expect(await ledger.caughtUpAt(at(3))).toBe(T0);
    expect(await ledger.caughtUpAt(at(2))).toBeUndefined(); // the cursor went back
  });
});

it('open batches come in the order of the log, all of them, also beyond one page of an answer', async () => {
  const ledger = await realLedger();
  let state = await created(ledger);
  for (let index = 1; index <= 12; index++) ({ state } = await opened(ledger, state, at(index), 100));
  const open = await openBatches(ledger);

  expect(open.map(({ to }) => to)).toEqual(Array.from({ length: 12 }, (_, index) => at(index + 1)));
});

it('how long the queues were quiet is written, read and cleared', async () => {
  const ledger = await realLedger();

  expect(await ledger.readQuiet()).toBeUndefined();
  await ledger.writeQuiet({ since: T0, polls: 2 });

  expect(await ledger.readQuiet()).toEqual({ since: T0, polls: 2, hasDead: false, looked: false });
  await ledger.clearQuiet();

  expect(await ledger.readQuiet()).toBeUndefined();
});

it('one poll alone takes the note of the quiet as it was read', async () => {
  const ledger = await realLedger();
  await ledger.writeQuiet({ since: T0, polls: 2 });

  expect(await ledger.takeQuiet({ since: T0, polls: 1 })).toBe(false);
  expect(await ledger.takeQuiet({ since: T0, polls: 2 })).toBe(true);
  expect(await ledger.takeQuiet({ since: T0, polls: 2 })).toBe(false);
  expect(await ledger.readQuiet()).toBeUndefined();
});
