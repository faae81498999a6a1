import {
  type Batch,
  N,
  NS,
  parseBatch,
  parseCheckpoint,
  parseQuiet,
  parseState,
  type Quiet,
  S,
  type State,
} from './items.ts';
import type { Table } from './table.ts';
import {
  type BatchOutcomes,
  type Claim,
  checkpointUpdate,
  claimUpdate,
  enqueuedUpdate,
  recordUpdate,
  unchangedSince,
} from './updates.ts';

const STATE = 'state';
const CHECKPOINT = 'checkpoint';
const QUIET = 'quiet';
const BATCHES = 'batch#';

export type NewBatch = Omit<Batch, 'id' | 'enqueued' | 'unreadable' | 'failures'>;

/** What decides the checkpoint: the state, and the first batch that it has claimed. */
export interface Front {
  readonly state: State;
  readonly first: Batch | undefined;
}

/**
 * Cursor, open batches and checkpoint (docs/protocol.md). Every write is a conditional write of a single item; the protocol
 * was checked on a model and is checked by `test/simulation`: change it only with those at hand.
 */
export interface Ledger {
  readState(): Promise<State | undefined>;
  /**
   * First use of the table. Undefined when another poll was first. `seq` is where its count begins: at the time, so that a
   * poll that still works on a table that was lost meanwhile finds nothing in the new one that looks like its own.
   */
  createState(ledger: string, cursor: string, seq?: number): Promise<State | undefined>;
  /** Moves the state, if it still is as read. Undefined when another poll has written it since: the caller must stop. */
  claim(read: State, claim: Claim): Promise<State | undefined>;
  /**
   * Forgets the log that was read, if the state still is as read: the next poll begins as on a new table, and messages on
   * their way are delivered without bookkeeping. False when a poll has written the state since.
   */
  forget(read: State): Promise<boolean>;
  /** Every batch that is not fully delivered, in log order. */
  openBatches(): Promise<readonly Batch[]>;
  /** The same, at most `limit` of them, those after the batch of that id: what waits may be more than fits in memory. */
  openBatchesAfter(id: string | undefined, limit: number): Promise<readonly Batch[]>;
  /** Undefined: nothing of it is pending any more (a missing batch means delivered). */
  readBatch(id: string): Promise<Batch | undefined>;
  /** Writes a batch under an id that nobody else draws, and returns that id. It counts only once it is claimed. */
  putBatch(batch: NewBatch): Promise<string>;
  /** Says that every message of the batch was accepted by SQS, save those of `unreadable`. */
  markEnqueued(id: string, unreadable?: ReadonlySet<number>): Promise<void>;
  /** Deletes the batch if nothing of it is pending. */
  removeIfDelivered(id: string): Promise<void>;
  /** Deletes a batch whatever is pending: one that was never claimed, or one that is read again. */
  removeBatch(id: string): Promise<void>;
  /** Records one invocation's outcomes for a batch in one write; true when nothing of the batch is pending any more. */
  record(id: string, outcomes: BatchOutcomes): Promise<boolean>;
  /** For people, metrics and alarms; no decision reads it. `cursor`: given when the log was read to its end there, now. */
  writeCheckpoint(position: string, at: number, cursor?: string): Promise<void>;
  /**
   * When the log was last read to its end (epoch milliseconds): tells a gap from a quiet tenant. Undefined when the cursor
   * has gone back since then, as what lies after it is unread again.
   */
  caughtUpAt(cursor: string): Promise<number | undefined>;
  /** The checkpoint as it stands; undefined while the table is unused, or polls move the state faster than it can be read. */
  checkpoint(): Promise<string | undefined>;
  /** The state with the first claimed batch, read so that they belong together; undefined as `checkpoint` is. */
  front(): Promise<Front | undefined>;
  /** How long batches have been open while the queues were empty. */
  readQuiet(): Promise<Quiet | undefined>;
  writeQuiet(quiet: Quiet): Promise<void>;
  clearQuiet(): Promise<void>;
}

export function createLedger(table: Table, random: () => string): Ledger {
  return {
    async readState() {
      const item = await table.get(STATE);
      return item && parseState(item);
    },

    async createState(ledger, cursor, seq = 0) {
      const created = await table.insert(STATE, { ledger: S(ledger), cursor: S(cursor), seq: N(seq) });
      return created ? { ledger, cursor, seq } : undefined;
    },

    async claim(read, claim) {
      const written = await table.update(STATE, claimUpdate(read.seq, claim));
      return written && { ledger: read.ledger, seq: read.seq + 1, ...claim };
    },

    async forget({ seq }) {
      if (!(await table.remove(STATE, unchangedSince(seq)))) return false;
      await table.remove(CHECKPOINT);
      await table.remove(QUIET);
      return true;
    },

    async openBatches() {
      return (await table.query(BATCHES)).map(parseBatch);
    },

    async openBatchesAfter(id, limit) {
      return (await table.page(BATCHES, limit, id)).map(parseBatch);
    },

    async readBatch(id) {
      const item = await table.get(id);
      return item && parseBatch(item);
    },

    async putBatch({ from, to, seq, openedAt, oldestAt, pending }) {
      const id = `${BATCHES}${from}#${String(seq).padStart(13, '0')}#${random()}`;
      const item = {
        from: S(from),
        to: S(to),
        seq: N(seq),
        openedAt: N(openedAt),
        oldestAt: N(oldestAt),
        enqueued: { BOOL: false },
        pending: NS(pending),
        failures: { M: {} },
      };
      // Drawn anew for each put, so an item that is there already is our own: the SDK repeated a put whose answer was lost.
      await table.insert(id, item);
      return id;
    },

    async markEnqueued(id, unreadable = new Set()) {
      await table.update(id, enqueuedUpdate(unreadable));
    },

    async removeIfDelivered(id) {
      await table.remove(id, {
        condition: 'attribute_not_exists(#pending)',
        names: { '#pending': 'pending' },
      });
    },

    async removeBatch(id) {
      await table.remove(id);
    },

    async record(id, outcomes) {
      const after = await table.update(id, recordUpdate(outcomes));
      return after !== undefined && after.pending === undefined;
    },

    async writeCheckpoint(position, at, cursor) {
      await table.update(CHECKPOINT, checkpointUpdate(position, at, cursor));
    },

    async caughtUpAt(cursor) {
      const item = await table.get(CHECKPOINT);
      const { caughtUpAt, caughtUpCursor = cursor } = item ? parseCheckpoint(item) : {};
      return caughtUpCursor > cursor ? undefined : caughtUpAt;
    },

    async checkpoint() {
      const front = await this.front();
      return front && checkpointOf(front.state, front.first ? [front.first] : []);
    },

    async front() {
      let state = await this.readState();
      for (let tries = 1; state && tries <= STABLE_TRIES; tries++) {
        const { seq } = state;
        // In pages of a few: the first claimed batch decides, and during an outage there are thousands behind it.
        const first = await table.first(BATCHES, (item) => parseBatch(item).seq <= seq);
        const again = await this.readState();
        if (isSame(state, again)) return { state, first: first && parseBatch(first) };
        state = again;
      }
      return undefined;
    },

    async readQuiet() {
      const item = await table.get(QUIET);
      return item && parseQuiet(item);
    },

    async writeQuiet({ since, polls }) {
      await table.replace(QUIET, { since: N(since), polls: N(polls) });
    },

    async clearQuiet() {
      await table.remove(QUIET);
    },
  };
}

/** A poll writes the state every 100 ms at most, a reading takes some 10: more tries than this are for a table in trouble. */
export const STABLE_TRIES = 5;

/** True when nobody has written the state between two readings of it. */
export function isSame(before: State, after: State | undefined): boolean {
  return before.ledger === after?.ledger && before.seq === after.seq;
}

/**
 * Position up to which every event has been delivered or dismissed. Exact after any crash, provided that the state was
 * read before the batches (a batch newer than the state is not claimed yet, and its range lies beyond the cursor) and was
 * the same after them (else it may have gone back meanwhile, and the batches be those of the second reading).
 */
export function checkpointOf(state: State, batches: readonly Batch[]): string {
  const firstOpen = batches.find((batch) => batch.seq <= state.seq);
  return firstOpen ? earlier(firstOpen.from, state.cursor) : state.cursor;
}

/** Positions of one tenant have one length, in which the order of the texts is the order of the log. */
export function earlier(...positions: readonly [string, string]): string {
  return positions.toSorted()[0] ?? positions[0];
}
