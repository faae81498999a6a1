import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import type { Connection } from '../connect/connection.ts';
import type { LastAttempt } from './last-attempt.ts';
import { walkOpenBatches } from './open-batches.ts';

export const FATES = ['delivered', 'waiting', 'dead', 'dismissed', 'excluded', 'missing'] as const;

/** What became of an event that the filter in force lets through. */
export type Fate = (typeof FATES)[number];

/** What is known of an event without a line that says it was delivered. */
export interface Unaccounted {
  /** Where in the log it stands: its id, or the one before it when its own is no position. */
  readonly position: string;
  readonly resource: string;
  readonly isExcluded: boolean;
  last: LastAttempt | undefined;
}

/** Says what became of an event. Events must come in log order. */
export type Judge = (logId: string, event: Unaccounted) => Promise<Fate>;

/** Judges by the ledger and the dead-letter queue as they are now. */
export async function createJudge({ operations }: Pick<Connection, 'operations'>): Promise<Judge> {
  const state = await operations.ledger.readState();
  const { letters, total, seen } = await listDeadLetters(operations);
  const dead = new Set(letters.map(({ logId }) => logId));
  // SQS shows ten messages of a resource at most; the others lie behind them.
  const isWhole = seen >= total;
  const batches = walkOpenBatches(operations);

  return async (logId, { position, last, isExcluded }) => {
    const around = await batches.around(position, logId !== position);
    if (!last) {
      if (around.length > 0) return dead.has(logId) ? 'dead' : 'waiting';
      const cursor = state?.cursor ?? '';
      if (position > cursor) return 'waiting'; // not read yet
      if (isExcluded) return 'excluded';
      // Right behind the cursor stands what no poll may have read yet.
      return position === cursor && logId !== position ? 'waiting' : 'missing';
    }
    if (isPending(last, around)) {
      const isDead = isWhole ? dead.has(logId) : last.outcome === 'dead-lettered' || dead.has(logId);
      return isDead ? 'dead' : 'waiting';
    }
    if (dead.has(logId)) return 'dead';
    if (last.outcome === 'dismissed') return 'dismissed';
    if (last.outcome === 'dead-lettered')
      return isWhole ? 'dismissed' : last.isTracked ? 'dismissed' : 'dead';
    // The ledger removes an event only when it was delivered or dismissed. So the event was
    // delivered, and its last line is lost. The ledger knows nothing of an untracked event.
    return last.isTracked ? 'delivered' : 'waiting';
  };
}

/**
 * True when its own batch still has its place pending, or when another batch covers it because its
 * range was read again.
 */
function isPending({ batch, ordinal, isTracked }: LastAttempt, around: readonly Batch[]): boolean {
  const own = around.find(({ id }) => id === batch);
  if (own) return own.pending.has(ordinal);
  return isTracked && around.length > 0;
}
