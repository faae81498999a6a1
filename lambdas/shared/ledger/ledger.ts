import { type Item, N, S } from './attribute-values.ts';
import { BATCHES, type Batches, createBatches } from './batches.ts';
import type { Batch, Order, State } from './items.ts';
import { createNotes, type Notes } from './notes.ts';
import { parseBatch, parseState } from './parse-items.ts';
import type { Table } from './table.ts';
import { type Claim, claimUpdate } from './updates.ts';
import { groupingOf } from './written.ts';

const STATE = 'state';

/** What decides the checkpoint: the state, and the first batch that it has claimed. */
export interface Front {
  readonly state: State;
  readonly first: Batch | undefined;
}

/**
 * Cursor, open batches and checkpoint (docs/protocol.md). Every write is a conditional write of a
 * single item; the protocol was checked on a model and is checked by `test/simulation`: change it
 * only with those at hand.
 */
export interface Ledger extends Batches, Notes {
  readState(): Promise<State | undefined>;
  /**
   * First use of the table. Undefined when another poll was first. `seq` begins at the time, so
   * that a poll that still works on a table that was lost meanwhile finds nothing in the new one
   * that looks like its own.
   */
  createState(
    ledger: string,
    cursor: string,
    seq?: number,
    bound?: Pick<State, 'tenant' | 'grouping'>,
  ): Promise<State | undefined>;
  /**
   * Moves the state, if it still is as read. Undefined when another poll has written it since: the
   * caller must stop.
   */
  claim(read: State, claim: Claim): Promise<State | undefined>;
  /**
   * The checkpoint as it stands; undefined while the table is unused, polls move the state faster
   * than it can be read, or very many batches before it are still to be removed.
   */
  checkpoint(): Promise<string | undefined>;
  /**
   * The state with the first claimed batch, read so that they belong together; undefined as
   * `checkpoint` is.
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
      // In pages of a few: the first claimed batch decides, and during an outage there are
      // thousands behind it. Before it there may be a million of a former tenant, which go by and
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
 * A poll writes the state every 100 ms at most, a reading takes some 10: more tries than this are
 * for a table in trouble.
 */
const STABLE_TRIES = 5;
/** Polls that died leave some batches that count for nothing. */
const MOST_LOOKED_AT = 100;

/** True when nobody has written the state between two readings of it. */
function isSame(before: State, after: State | undefined): boolean {
  return before.ledger === after?.ledger && before.seq === after.seq;
}

/**
 * A batch that is newer than the state is not claimed yet, and one of another ledger never will be.
 */
export function isClaimed({ seq, ledger }: Batch, state: State): boolean {
  return seq <= state.seq && (ledger === undefined || ledger === state.ledger);
}

/**
 * Position up to which every event has been delivered or dismissed. Exact after any crash, provided
 * that the state was read before the batches (a batch newer than the state is not claimed yet, and
 * its range lies beyond the cursor) and was the same after them (else it may have gone back
 * meanwhile, and the batches be those of the second reading).
 */
export function checkpointOf(state: State, batches: readonly Batch[]): string {
  const first = batches.find((batch) => isClaimed(batch, state));
  return first ? earlier(first.from, state.cursor) : state.cursor;
}

/** How events are grouped now; what is sent beside the ledger has to follow it. */
export async function orderOf(ledger: Pick<Ledger, 'readState'>): Promise<Order> {
  return (await ledger.readState())?.grouping?.order ?? 'resource';
}

/**
 * Positions of one tenant have one length, in which the order of the texts is the order of the log.
 */
export function earlier(...positions: readonly [string, string]): string {
  return positions.toSorted()[0] ?? positions[0];
}
