import { BOOL, type Item, N, NS, S } from './attribute-values.ts';
import type { Batch } from './items.ts';
import { parseBatch } from './parse-items.ts';
import type { Table } from './table.ts';
import { type BatchOutcomes, enqueuedUpdate, recordUpdate, roundUpdate } from './updates.ts';

/** What the sort keys of batches begin with. */
export const BATCHES = 'batch#';

export type NewBatch = Pick<Batch, 'from' | 'to' | 'seq' | 'openedAt' | 'oldestAt' | 'pending'> & {
  /** The ledger that the batch belongs to. Version 1.0 did not write it. */
  readonly ledger?: string;
};

/** A batch, and the round in which the caller sends it. */
export type InRound = Pick<Batch, 'id' | 'round'>;

/**
 * The batches that have something pending. A batch exists until nothing of it is pending, so a
 * missing one means delivered.
 */
export interface Batches {
  /**
   * Reads at most `limit` batches in log order, after the given id. More may be open than fit in
   * memory.
   */
  openBatchesAfter(id: string | undefined, limit: number): Promise<readonly Batch[]>;
  /** Reads a batch; undefined when nothing of it is pending any more. */
  readBatch(id: string): Promise<Batch | undefined>;
  /** Reads several in one request. Gives those of which something is pending. */
  readBatches(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Batch>>;
  /**
   * Writes a batch under an id that nobody else draws. It counts only once it is claimed.
   * @returns the id
   */
  putBatch(batch: NewBatch): Promise<string>;
  /**
   * Begins to send the batch anew, or goes on with that. Once that is marked, all messages of the
   * first sending are superseded, but for those of `kept`.
   * @returns the batch as it is then; undefined when it is gone or marked enqueued
   */
  beginRound(id: string, kept: ReadonlySet<number>): Promise<Batch | undefined>;
  /**
   * Notes that SQS has accepted every message of the batch's round, but for those of `unreadable`.
   * @returns false when another poll has begun to send it anew; the caller must stop
   */
  markEnqueued(batch: InRound, unreadable?: ReadonlySet<number>): Promise<boolean>;
  /** Deletes the batch if nothing of it is pending. */
  removeIfDelivered(id: string): Promise<void>;
  /** Deletes a batch whatever is pending, as it was never claimed or its range is read again. */
  removeBatch(id: string): Promise<void>;
  /**
   * Records one invocation's outcomes for a batch in one write.
   * @returns true when nothing of the batch is pending any more
   */
  record(id: string, outcomes: BatchOutcomes): Promise<boolean>;
}

/**
 * The `seq` of the state that claimed the batch, or would have claimed it; undefined for an id that
 * is none of ours.
 */
export function seqOf(id: string): number | undefined {
  const [, digits] = /^batch#[^#]*#(\d{1,16})#/.exec(id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

export function createBatches(table: Table, random: () => string): Batches {
  const readBatch = async (id: string) => {
    const item = await table.get(id);
    return item && parseBatch(item);
  };

  return {
    readBatch,

    async openBatchesAfter(id, limit) {
      return (await table.page(BATCHES, limit, id)).map(parseBatch);
    },

    async readBatches(ids) {
      const items = await table.getAll([...ids]);
      return new Map([...items].map(([id, item]) => [id, parseBatch(item)]));
    },

    async putBatch(batch) {
      const { from, seq } = batch;
      const id = `${BATCHES}${from}#${String(seq).padStart(13, '0')}#${random()}`;
      // Each put draws a new id, so an item that is there already is our own: the SDK repeated a
      // put whose answer was lost.
      await table.insert(id, newItem(batch));
      return id;
    },

    async beginRound(id, kept) {
      const item = await table.update(id, roundUpdate(kept));
      return item && parseBatch(item);
    },

    async markEnqueued({ id, round }, unreadable = new Set()) {
      if (await table.update(id, enqueuedUpdate(round, unreadable))) return true;
      return (await readBatch(id)) === undefined; // all of it was delivered meanwhile
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
  };
}

function newItem({ ledger, from, to, seq, openedAt, oldestAt, pending }: NewBatch): Item {
  return {
    ...(ledger === undefined ? {} : { ledger: S(ledger) }),
    from: S(from),
    to: S(to),
    seq: N(seq),
    openedAt: N(openedAt),
    oldestAt: N(oldestAt),
    enqueued: BOOL(false),
    pending: NS(pending),
    failures: { M: {} },
  };
}
