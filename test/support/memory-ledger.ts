import type { Batch, Failure, Quiet, State } from '../../lambdas/shared/ledger/items.ts';
import { checkpointOf, type Ledger } from '../../lambdas/shared/ledger/ledger.ts';

export interface MemoryLedger extends Ledger {
  /** The checkpoint as it was last written. */
  written: string | undefined;
}

/** The ledger's protocol in memory; the real one is tested against dynalite. */
export function memoryLedger(): MemoryLedger {
  let state: State | undefined;
  let quiet: Quiet | undefined;
  let readToEnd: { readonly at: number; readonly cursor: string } | undefined;
  const { inOrder, ...batches } = memoryBatches();

  const ledger: MemoryLedger = {
    ...batches,
    written: undefined,
    readState: async () => state,
    async createState(id, cursor, seq = 0) {
      if (state) return undefined;
      state = { ledger: id, cursor, seq };
      return state;
    },
    async claim(read, claim) {
      if (state?.seq !== read.seq) return undefined;
      state = { ledger: state.ledger, seq: read.seq + 1, ...claim };
      return state;
    },
    async forget(read) {
      if (state?.seq !== read.seq) return false;
      state = undefined;
      return true;
    },
    async writeCheckpoint(position, at, cursor) {
      ledger.written = position;
      if (cursor !== undefined) readToEnd = { at, cursor };
    },
    caughtUpAt: async (cursor) => (readToEnd && readToEnd.cursor <= cursor ? readToEnd.at : undefined),
    checkpoint: async () => state && checkpointOf(state, inOrder()),
    front: async () => state && { state, first: inOrder().find(({ seq }) => seq <= (state?.seq ?? 0)) },
    readQuiet: async () => quiet,
    async writeQuiet(now) {
      quiet = now;
    },
    async clearQuiet() {
      quiet = undefined;
    },
  };
  return ledger;
}

function memoryBatches() {
  const batches = new Map<string, Batch>();
  let drawn = 0;
  const inOrder = () => [...batches.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const change = (id: string, of: (batch: Batch) => Partial<Batch>) => {
    const batch = batches.get(id);
    if (!batch) return undefined;
    const changed = { ...batch, ...of(batch) };
    batches.set(id, changed);
    return changed;
  };
  const store = {
    inOrder,
    openBatches: async () => inOrder(),
    openBatchesAfter: async (after = '', limit) =>
      inOrder()
        .filter(({ id }) => id > after)
        .slice(0, limit),
    readBatch: async (id) => batches.get(id),
    async putBatch(batch) {
      const id = `batch#${batch.from}#${String(batch.seq).padStart(13, '0')}#${drawn++}`;
      batches.set(id, { ...batch, id, enqueued: false, unreadable: new Set(), failures: new Map() });
      return id;
    },
    async markEnqueued(id, unreadable = new Set()) {
      change(id, () => ({ enqueued: true, unreadable }));
    },
    async removeIfDelivered(id) {
      if (batches.get(id)?.pending.size === 0) batches.delete(id);
    },
    async removeBatch(id) {
      batches.delete(id);
    },
    async record(id, { delivered, failed, deadLettered }) {
      const changed = change(id, ({ pending, failures }) => {
        const kept = new Map<number, Failure>([...failures, ...failed]);
        for (const ordinal of deadLettered) kept.delete(ordinal);
        return {
          pending: new Set([...pending].filter((ordinal) => !delivered.has(ordinal))),
          failures: kept,
        };
      });
      return changed?.pending.size === 0;
    },
  } satisfies Partial<Ledger> & { readonly inOrder: () => readonly Batch[] };
  return store;
}
