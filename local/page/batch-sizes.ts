import type { Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import type { OpenBatch } from './pipeline-shapes.ts';

/** As many as the picture has room for. */
const BATCHES = 24;
/** Sizes are kept of more, as a batch may be seen on the queue before it is read. */
const KEPT = 10 * BATCHES;

export interface BatchWatch {
  /** A message of that batch was seen. */
  seen(batch: string, ordinal: number): void;
  open(): Promise<readonly OpenBatch[]>;
}

/** A batch in the table tells only what is left of it; its messages tell how large it was. */
export function watchBatches(ledger: Pick<Ledger, 'openBatchesAfter'>): BatchWatch {
  const sizes = new Map<string, number>();
  const seen = (batch: string, ordinal: number) => {
    sizes.set(batch, Math.max(sizes.get(batch) ?? 0, ordinal + 1));
    const [oldest] = sizes.keys();
    if (sizes.size > KEPT && oldest !== undefined) sizes.delete(oldest);
  };
  return {
    seen,
    async open() {
      const batches = await ledger.openBatchesAfter(undefined, BATCHES);
      return batches.map(({ id, pending, failures }) => {
        for (const ordinal of pending) seen(id, ordinal);
        return { id, size: sizes.get(id) ?? pending.size, pending: pending.size, failing: failures.size };
      });
    },
  };
}
