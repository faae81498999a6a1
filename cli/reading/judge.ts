import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import type { Connection } from '../connect/connection.ts';
import type { LastAttempt } from './last-attempt.ts';
import { walkOpenBatches } from './open-batches.ts';

export const FATES = ['delivered', 'waiting', 'dead', 'dismissed', 'excluded', 'missing'] as const;

/** What has become of an event that the filter in force lets through. */
export type Fate = (typeof FATES)[number];

/** What is known of an event without a line that says it was delivered. */
export interface Unsettled {
  readonly resource: string;
  readonly isExcluded: boolean;
  last: LastAttempt | undefined;
}

/** Tells what has become of events, which must come in log order. */
export type Judge = (logId: string, event: Unsettled) => Promise<Fate>;

/** By the ledger and the dead-letter queue, as they are now. */
export async function createJudge({ operations }: Pick<Connection, 'operations'>): Promise<Judge> {
  const state = await operations.ledger.readState();
  const { letters, total, seen } = await listDeadLetters(operations);
  const dead = new Set(letters.map(({ logId }) => logId));
  // Ten of a resource at most are seen, and the others lie behind them.
  const isWhole = seen >= total;
  const batches = walkOpenBatches(operations);

  return async (logId, { last, isExcluded }) => {
    const around = await batches.around(logId);
    if (!last) {
      if (around.length > 0) return dead.has(logId) ? 'dead' : 'waiting';
      if (logId > (state?.cursor ?? '')) return 'waiting'; // not read yet
      return isExcluded ? 'excluded' : 'missing';
    }
    if (isPending(last, around)) {
      const isDead = isWhole ? dead.has(logId) : last.outcome === 'dead-lettered' || dead.has(logId);
      return isDead ? 'dead' : 'waiting';
    }
    if (dead.has(logId)) return 'dead';
    if (last.outcome === 'dead-lettered')
      return isWhole ? 'dismissed' : last.isTracked ? 'dismissed' : 'dead';
    // The ledger takes out only what was delivered or dismissed, so the line of its last attempt is
    // lost. It does not know what is untracked.
    return last.isTracked ? 'delivered' : 'waiting';
  };
}

/** In its own batch by its place, or somewhere in one by which its range is read again. */
function isPending({ batch, ordinal, isTracked }: LastAttempt, around: readonly Batch[]): boolean {
  const own = around.find(({ id }) => id === batch);
  if (own) return own.pending.has(ordinal);
  return isTracked && around.length > 0;
}
