import {
  type Batch,
  type Failure,
  failureOf,
  type Item,
  type LastBatch,
  lastOf,
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
import { Condition, type Table } from './table.ts';

const STATE = 'state';
const CHECKPOINT = 'checkpoint';
const QUIET = 'quiet';
const BATCHES = 'batch#';

/** What a poll decides about the state; `cursor` and `last` change together or not at all. */
export interface Claim {
  readonly cursor: string;
  readonly last?: LastBatch | undefined;
  readonly abandoned?: readonly string[];
}

/** Outcomes of one invocation for a batch, by ordinal. */
export interface BatchOutcomes {
  readonly delivered: ReadonlySet<number>;
  readonly failed: ReadonlyMap<number, Failure>;
  /** Still pending; their count of attempts begins anew, so that a redrive gets a whole retry window. */
  readonly deadLettered: ReadonlySet<number>;
}

export type NewBatch = Omit<Batch, 'id' | 'enqueued' | 'unreadable' | 'failures'>;

/**
 * Cursor, open batches and checkpoint (DESIGN §4). Every write is a conditional write of a single item; the protocol
 * was checked on a model and is checked by `test/simulation`: change it only with those at hand.
 */
export interface Ledger {
  readState(): Promise<State | undefined>;
  /** First use of the table. Undefined when another poll was first. */
  createState(ledger: string, cursor: string): Promise<State | undefined>;
  /** Moves the state, if it still is as read. Undefined when another poll has written it since: the caller must stop. */
  claim(read: State, claim: Claim): Promise<State | undefined>;
  /** Every batch that is not fully delivered, in log order. */
  openBatches(): Promise<readonly Batch[]>;
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
  settle(id: string, outcomes: BatchOutcomes): Promise<boolean>;
  /** For people, metrics and alarms; no decision reads it. `caughtUpAt`: the log was read to its end then. */
  writeCheckpoint(position: string, at: number, caughtUpAt?: number): Promise<void>;
  /** When the log was last read to its end (epoch milliseconds): tells a gap from a quiet tenant. */
  caughtUpAt(): Promise<number | undefined>;
  /** The checkpoint as it stands; undefined while the table is unused. */
  checkpoint(): Promise<string | undefined>;
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

    async createState(ledger, cursor) {
      const created = await table.insert(STATE, { ledger: S(ledger), cursor: S(cursor), seq: N(0) });
      return created ? { ledger, cursor, seq: 0 } : undefined;
    },

    async claim(read, { cursor, last, abandoned }) {
      const next: State = { ledger: read.ledger, cursor, seq: read.seq + 1, last, abandoned };
      const values: Item = { ':read': N(read.seq), ':next': N(next.seq), ':cursor': S(cursor) };
      const set = ['#seq = :next', '#cursor = :cursor'];
      const names: Record<string, string> = {
        '#seq': 'seq',
        '#cursor': 'cursor',
        '#last': 'last',
        '#abandoned': 'abandoned',
      };
      const remove: string[] = [];
      if (last) {
        values[':last'] = lastOf(last);
        set.push('#last = :last');
      } else remove.push('#last');
      if (abandoned) {
        values[':abandoned'] = { L: abandoned.map(S) };
        set.push('#abandoned = :abandoned');
      } else remove.push('#abandoned');
      const update = `SET ${set.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`;
      const written = await table.update(STATE, { update, condition: '#seq = :read', names, values });
      return written && next;
    },

    async openBatches() {
      return (await table.query(BATCHES)).map(parseBatch);
    },

    async readBatch(id) {
      const item = await table.get(id);
      return item && parseBatch(item);
    },

    async putBatch({ from, to, seq, openedAt, oldestAt, pending }) {
      const id = `${BATCHES}${from}#${String(seq).padStart(10, '0')}#${random()}`;
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
      const some = unreadable.size > 0;
      await table.update(id, {
        update: `SET #enqueued = :yes${some ? ', #unreadable = :unreadable' : ''}`,
        condition: Condition.exists, // else a batch that was delivered meanwhile would rise again as a ghost
        names: { '#enqueued': 'enqueued', ...(some ? { '#unreadable': 'unreadable' } : {}) },
        values: { ':yes': { BOOL: true }, ...(some ? { ':unreadable': NS(unreadable) } : {}) },
      });
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

    async settle(id, { delivered, failed, deadLettered }) {
      const names: Record<string, string> = {};
      const values: Item = {};
      const clauses: string[] = [];
      const failureAt = (ordinal: number) => {
        names['#failures'] = 'failures';
        names[`#o${ordinal}`] = String(ordinal);
        return `#failures.#o${ordinal}`;
      };
      if (failed.size > 0) {
        const sets = [...failed].map(([ordinal, failure]) => {
          values[`:f${ordinal}`] = failureOf(failure);
          return `${failureAt(ordinal)} = :f${ordinal}`;
        });
        clauses.push(`SET ${sets.join(', ')}`);
      }
      if (deadLettered.size > 0) clauses.push(`REMOVE ${[...deadLettered].map(failureAt).join(', ')}`);
      if (delivered.size > 0) {
        names['#pending'] = 'pending';
        values[':delivered'] = NS(delivered);
        clauses.push('DELETE #pending :delivered');
      }
      const update = clauses.join(' ');
      // Without the condition an update of a batch that is gone would make a ghost that is never delivered.
      const after = await table.update(id, {
        update,
        condition: Condition.exists,
        names,
        ...(Object.keys(values).length > 0 ? { values } : {}),
      });
      return after !== undefined && after.pending === undefined;
    },

    async writeCheckpoint(position, at, caughtUpAt) {
      const set = ['#position = :position', '#at = :at'];
      const names: Record<string, string> = { '#position': 'position', '#at': 'writtenAt' };
      const values: Item = { ':position': S(position), ':at': N(at) };
      if (caughtUpAt !== undefined) {
        set.push('#caughtUp = :caughtUp');
        names['#caughtUp'] = 'caughtUpAt';
        values[':caughtUp'] = N(caughtUpAt);
      }
      await table.update(CHECKPOINT, { update: `SET ${set.join(', ')}`, names, values });
    },

    async caughtUpAt() {
      const item = await table.get(CHECKPOINT);
      return item && parseCheckpoint(item).caughtUpAt;
    },

    async checkpoint() {
      const state = await table.get(STATE);
      if (!state) return undefined;
      const { seq, cursor } = parseState(state);
      // In pages of a few: the first claimed batch decides, and during an outage there are thousands behind it.
      const first = await table.first(BATCHES, (item) => parseBatch(item).seq <= seq);
      return first ? earlier(parseBatch(first).from, cursor) : cursor;
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

/**
 * Position up to which every event has been delivered or dismissed. Exact after any crash, provided that the state was
 * read before the batches: a batch newer than the state is not claimed yet, and its range lies beyond the cursor.
 */
export function checkpointOf(state: State, batches: readonly Batch[]): string {
  const firstOpen = batches.find((batch) => batch.seq <= state.seq);
  return firstOpen ? earlier(firstOpen.from, state.cursor) : state.cursor;
}

/** Positions of one tenant have one length, in which the order of the texts is the order of the log. */
export function earlier(...positions: readonly [string, string]): string {
  return positions.toSorted()[0] ?? positions[0];
}
