import type { Batch, State } from '../../shared/ledger/items.ts';
import { isClaimed, type Ledger } from '../../shared/ledger/ledger.ts';

/** Batches of one read. The first that counts is nearly always the first of all. */
const A_FEW = 4;
/**
 * Batches that one poll looks at. Polls that died leave some that count for nothing; the next poll
 * goes on with the rest.
 */
const MOST_LOOKED_AT = 100;

/**
 * Finds the first batch that has something pending, in log order. It decides checkpoint and lag, so
 * that nobody has to read what waits behind it. Batches before it that count for nothing are
 * removed.
 */
export async function firstOpenBatch(state: State, ledger: Ledger): Promise<Batch | undefined> {
  let after: string | undefined;
  let latest: Batch | undefined;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += A_FEW) {
    const few = await ledger.openBatchesAfter(after, A_FEW);
    for (const batch of few) {
      if (isOpen(batch, state)) return batch;
      await removeUseless(batch, state, ledger);
    }
    latest = few.at(-1);
    after = latest?.id;
    if (few.length < A_FEW) return undefined;
  }
  return latest; // something may be open behind it
}

function isOpen(batch: Batch, state: State): boolean {
  return isClaimed(batch, state) && !wasNeverClaimed(batch, state) && batch.pending.size > 0;
}

/**
 * True for a batch that a poll put and never claimed, as it was overtaken or died. Such a batch is
 * not enqueued, not the last one, and not newer than the state.
 */
function wasNeverClaimed(batch: Batch, state: State): boolean {
  return !batch.enqueued && batch.id !== state.last?.id && batch.seq <= state.seq;
}

async function removeUseless(batch: Batch, state: State, ledger: Ledger): Promise<void> {
  if (batch.ledger !== undefined && batch.ledger !== state.ledger)
    return await removeForeign(batch, state, ledger);
  if (batch.seq > state.seq) return; // may be a running poll's
  if (wasNeverClaimed(batch, state)) return await ledger.removeBatch(batch.id);
  await ledger.removeIfDelivered(batch.id);
}

/**
 * Removes a batch of another ledger, unless that is the next table's: this poll may still work on a
 * table that was lost.
 */
async function removeForeign(batch: Batch, state: State, ledger: Ledger): Promise<void> {
  const now = await ledger.readState();
  if (now?.ledger === state.ledger) await ledger.removeBatch(batch.id);
}
