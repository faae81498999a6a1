import type { Batch, State } from '../../shared/ledger/items.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';

/**
 * Deletes what counts for nothing any more: batches with nothing pending, and batches that were put but never claimed (not
 * enqueued, not the last one, and not newer than the state, where they may be a running poll's). Returns those that stay.
 */
export async function sweep(state: State, ledger: Ledger): Promise<readonly Batch[]> {
  const kept: Batch[] = [];
  for (const batch of await ledger.openBatches()) {
    const neverClaimed = !batch.enqueued && batch.id !== state.last?.id && batch.seq <= state.seq;
    if (neverClaimed) await ledger.removeBatch(batch.id);
    else if (batch.pending.size === 0) await ledger.removeIfDelivered(batch.id);
    else kept.push(batch);
  }
  return kept;
}
