import { N, S } from '../shared/ledger/attribute-values.ts';
import type { Table } from '../shared/ledger/table.ts';

const LEASE = 'delivering';
/**
 * Longer than any invocation. A lease that ends later than this makes no sense, and is not waited
 * for.
 */
const LONGEST_MS = 5 * 60_000;
/** How far the clocks of two functions may differ. */
const CLOCKS_DIFFER_MS = 5_000;

/** Lets one invocation at a time call the endpoint. */
export interface Lease {
  /**
   * Takes the lease.
   * @param forMs until this invocation ends at the latest
   * @returns false when another invocation has it
   */
  take(forMs: number): Promise<boolean>;
  /** Gives the lease back. If that fails the lease ends by itself. */
  release(): Promise<void>;
}

/**
 * A lease in the state table, for `concurrentCalls: 1` without reserved concurrency. The event
 * source mapping starts two invocations at least, and only the one message group keeps them apart.
 * A message in another group (put by hand, redriven in the console, sent before a deploy) would be
 * a second request beside the first.
 * @param holder drawn for each invocation
 */
export function createLease(table: Pick<Table, 'get' | 'update'>, now: () => number, holder: string): Lease {
  return {
    async take(forMs) {
      const until = now() + forMs + CLOCKS_DIFFER_MS; // whatever the calls below take
      const held = await table.get(LEASE);
      const leftMs = Number(held?.until?.N ?? 0) - now();
      if (leftMs > 0 && leftMs < LONGEST_MS) return false;
      const written = await table.update(LEASE, {
        update: 'SET #holder = :holder, #until = :until',
        condition: held?.holder ? '#holder = :held' : 'attribute_not_exists(#holder)',
        names: { '#holder': 'holder', '#until': 'until' },
        values: {
          ':holder': S(holder),
          ':until': N(until),
          ...(held?.holder ? { ':held': held.holder } : {}),
        },
      });
      // The SDK repeats a write whose answer was lost. The second one then finds the first.
      return written !== undefined || (await table.get(LEASE))?.holder?.S === holder;
    },

    async release() {
      await table.update(LEASE, {
        update: 'SET #until = :until',
        condition: '#holder = :holder',
        names: { '#holder': 'holder', '#until': 'until' },
        values: { ':until': N(0), ':holder': S(holder) },
      });
    },
  };
}
