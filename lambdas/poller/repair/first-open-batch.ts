import type { Batch, State } from '../../shared/ledger/items.ts';
import { isClaimed, type Ledger } from '../../shared/ledger/ledger.ts';

/** One read; the first that counts is nearly always the first of all. */
const A_FEW = 4;
/** Polls that died leave some; more than this in one poll are left to the next. */
const MOST_LOOKED_AT = 100;

/**
 * The first batch of which something is pending, in log order. It decides checkpoint and lag, so
 * that nobody has to read what waits behind it. What comes before it and counts for nothing is
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
 * Not enqueued, not the last one, and not newer than the state: a poll put it and was overtaken, or
 * died.
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
 * This poll may be of a table that was lost since it read the state, and the batch of the next one.
 */
async function removeForeign(batch: Batch, state: State, ledger: Ledger): Promise<void> {
  const now = await ledger.readState();
  if (now?.ledger === state.ledger) await ledger.removeBatch(batch.id);
}
