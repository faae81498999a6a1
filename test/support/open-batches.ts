import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import type { Ledger } from '../../lambdas/shared/ledger/ledger.ts';

/** Reads all open batches. Only a test has few enough. */
export async function openBatches(ledger: Pick<Ledger, 'openBatchesAfter'>): Promise<readonly Batch[]> {
  return await ledger.openBatchesAfter(undefined, 100_000);
}
