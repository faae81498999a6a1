import type { Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import type { OpenBatch } from './pipeline-shapes.ts';

/** Batches that the picture has room for. */
const BATCHES = 24;
/**
 * Batches whose sizes are kept. More are, as a batch may be seen on the queue before it is read.
 */
const KEPT = 10 * BATCHES;

export interface BatchWatch {
  /** Takes note of a message of that batch. */
  seen(batch: string, ordinal: number): void;
  open(): Promise<readonly OpenBatch[]>;
}

/**
 * Learns how large batches were. A batch in the table only has what is left of it; its messages
 * show how large it was.
 */
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
