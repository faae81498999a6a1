import { type Item, N, S } from './attribute-values.ts';
import { BATCHES, type Batches, createBatches } from './batches.ts';
import type { Batch, Order, State } from './items.ts';
import { createNotes, type Notes } from './notes.ts';
import { parseBatch, parseState } from './parse-items.ts';
import type { Table } from './table.ts';
import { type Claim, claimUpdate } from './updates.ts';
import { groupingOf } from './written.ts';

/** Sort key of the state. */
export const STATE = 'state';

/** What the checkpoint is derived from: the state, and the first batch that it has claimed. */
export interface Front {
  readonly state: State;
  readonly first: Batch | undefined;
}

/**
 * Cursor, open batches and checkpoint (docs/protocol.md). Every write is a conditional write of a
 * single item. `test/simulation` checks the protocol: change it only together with that.
 */
export interface Ledger extends Batches, Notes {
  readState(): Promise<State | undefined>;
  /**
   * Makes the state at the first use of the table. Undefined when another poll was first. `seq`
   * begins at the time. A poll that still works on a table that was lost then finds nothing in the
   * new table that looks like its own.
   */
  createState(
    ledger: string,
    cursor: string,
    seq?: number,
    bound?: Pick<State, 'tenant' | 'grouping'>,
  ): Promise<State | undefined>;
  /**
   * Moves the state if it is still as it was read. Undefined when another poll has written it
   * since; the caller must stop.
   */
  claim(read: State, claim: Claim): Promise<State | undefined>;
  /**
   * The checkpoint as it stands. Undefined while the table is unused, while polls write the state
   * faster than it can be read, and while very many batches before it are still to be removed.
   */
  checkpoint(): Promise<string | undefined>;
  /**
   * The state and the first batch that it has claimed, read so that they belong together. Undefined
   * in the same cases as `checkpoint`.
   */
  front(): Promise<Front | undefined>;
}

export function createLedger(table: Table, random: () => string): Ledger {
  const readState = async () => {
    const item = await table.get(STATE);
    return item && parseState(item);
  };

  const front = async (): Promise<Front | undefined> => {
    let state = await readState();
    for (let tries = 1; state && tries <= STABLE_TRIES; tries++) {
      const read = state;
      // Batches are read a few at a time. The first claimed one decides, and during an outage there
      // are thousands after it. A million of a former tenant may stand before it, which go by and
      // by.
      let looked = 0;
      const isFirst = (item: Item) => ++looked > MOST_LOOKED_AT || isClaimed(parseBatch(item), read);
      const first = await table.first(BATCHES, isFirst);
      if (looked > MOST_LOOKED_AT) return undefined;
      const again = await readState();
      if (isSame(state, again)) return { state, first: first && parseBatch(first) };
      state = again;
    }
    return undefined;
  };

  return {
    ...createBatches(table, random),
    ...createNotes(table),
    readState,
    front,

    async createState(ledger, cursor, seq = 0, { tenant, grouping } = {}) {
      const created = await table.insert(STATE, {
        ledger: S(ledger),
        cursor: S(cursor),
        seq: N(seq),
        ...(tenant === undefined ? {} : { tenant: S(tenant) }),
        ...(grouping === undefined ? {} : { grouping: groupingOf(grouping) }),
      });
      return created ? { ledger, cursor, seq, tenant, grouping } : undefined;
    },

    async claim(read, claim) {
      const written = await table.update(STATE, claimUpdate(read.seq, claim));
      return written && { ...read, seq: read.seq + 1, rewoundFrom: undefined, ...claim };
    },

    async checkpoint() {
      const read = await front();
      return read && checkpointOf(read.state, read.first ? [read.first] : []);
    },
  };
}

/**
 * How often a reading is tried. A poll writes the state every 100 ms at most, and a reading takes
 * some 10 ms, so more tries than these mean a table in trouble.
 */
const STABLE_TRIES = 5;
/** Batches that a reading looks at. Polls that died leave some that count for nothing. */
const MOST_LOOKED_AT = 100;

/** True when nobody has written the state between two readings of it. */
function isSame(before: State, after: State | undefined): boolean {
  return before.ledger === after?.ledger && before.seq === after.seq;
}

/**
 * True when the state has claimed the batch: not one newer than the state, nor of another ledger.
 */
export function isClaimed({ seq, ledger }: Batch, state: State): boolean {
  return seq <= state.seq && (ledger === undefined || ledger === state.ledger);
}

/**
 * The position up to which every event has been delivered or dismissed. It is exact after any crash
 * on two conditions. The state was read before the batches: a batch newer than the state is not
 * claimed yet, and its range lies beyond the cursor. And it was the same after them: else it may
 * have gone back meanwhile, and the batches may be those of the second reading.
 */
export function checkpointOf(state: State, batches: readonly Batch[]): string {
  const first = batches.find((batch) => isClaimed(batch, state));
  return first ? earlier(first.from, state.cursor) : state.cursor;
}

/** The order of events now. Messages that are sent beside the ledger have to follow it. */
export function orderIn(state: State | undefined): Order {
  return state?.grouping?.order ?? 'resource';
}

/**
 * The earlier of positions. Positions of one tenant have one length, and the order of the texts is
 * the order of the log.
 */
export function earlier(...positions: readonly [string, string]): string {
  return positions.toSorted()[0] ?? positions[0];
}
