import { type Batches, seqOf } from '../shared/ledger/batches.ts';
import type { Batch, State } from '../shared/ledger/items.ts';
import { isSkipped } from '../shared/ledger/skipped.ts';
import type { Circumstances } from './circumstances.ts';
import type { DeliveryRecord } from './records.ts';

/** What the ledger knew about the records when the invocation began. */
export interface Tracking {
  /**
   * True when this table has the record's batch, or has had it. A table that was lost, replaced or
   * restored from an older time knows nothing of the record. There a missing batch does not mean
   * delivered, and the record is delivered without bookkeeping.
   */
  isTracked(record: DeliveryRecord): boolean;
  /**
   * True when an earlier invocation delivered it but could not delete its message, or when another
   * message of it counts instead. A missing batch means delivered.
   */
  isDone(record: DeliveryRecord): boolean;
  /**
   * True when SQS may not have taken the event before it yet. That one will then be in the queue
   * behind this one, until the batch is marked enqueued.
   */
  mayBeOutOfTurn(record: DeliveryRecord): boolean;
  historyOf(record: DeliveryRecord): History;
}

/** An event's attempts so far. */
export interface History {
  /** False when only SQS keeps count of it. */
  readonly tracked: boolean;
  readonly attempts: number;
  /** Epoch milliseconds of the first attempt; undefined when there was none. */
  readonly firstAt: number | undefined;
}

interface Reading {
  readonly ledger: Pick<Batches, 'readBatches'>;
  readonly circumstances: () => Promise<Circumstances>;
}

/** What an invocation has read before its first attempt. */
export interface Read {
  readonly tracking: Tracking;
  readonly circumstances: Circumstances;
}

export async function readTracking(
  records: readonly DeliveryRecord[],
  { ledger, circumstances: readCircumstances }: Reading,
): Promise<Read> {
  // The state is read last. If it is still of the records' ledger, the batches were read from that
  // table, and a missing one is done. The other way round, missing batches of a table that was just
  // replaced would count as delivered.
  const batches = await ledger.readBatches(new Set(records.map(({ message }) => message.batch)));
  const circumstances = await readCircumstances();
  return { tracking: trackingOf(batches, circumstances.state), circumstances };
}

function trackingOf(batches: ReadonlyMap<string, Batch>, state: State | undefined): Tracking {
  const isTracked = ({ message: { ledger, batch } }: DeliveryRecord) => {
    const seq = seqOf(batch) ?? 0;
    if (ledger !== state?.ledger || seq > state.seq) return false;
    return batches.get(batch) !== undefined || !isSkipped(state, seq);
  };
  return {
    isTracked,

    isDone(record) {
      const { batch: id, ordinal } = record.message;
      const batch = batches.get(id);
      if (!isTracked(record)) return false;
      return !batch?.pending.has(ordinal) || isSuperseded(record, batch);
    },

    mayBeOutOfTurn(record) {
      const { batch: id, after } = record.message;
      const batch = batches.get(id);
      if (after === undefined || !batch || batch.enqueued || !isTracked(record)) return false;
      return batch.pending.has(after) && batch.deadLettered?.has(after) !== true;
    },

    historyOf(record) {
      const { receiveCount, sentAt, message } = record;
      if (!isTracked(record)) return { tracked: false, attempts: receiveCount - 1, firstAt: sentAt };
      const failure = batches.get(message.batch)?.failures.get(message.ordinal);
      return { tracked: true, attempts: failure?.attempts ?? 0, firstAt: failure?.firstAt };
    },
  };
}

/**
 * True when the batch was sent anew since, and this event with it. A message that says no round is
 * of a version that knows none: it may be the only one, such as a dead letter that was redriven by
 * it.
 */
function isSuperseded({ message: { round, ordinal } }: DeliveryRecord, batch: Batch): boolean {
  return round !== undefined && round < batch.sentRound && !batch.kept.has(ordinal);
}
