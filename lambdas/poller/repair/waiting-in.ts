import type { Batch } from '../../shared/ledger/items.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';

/**
 * Ordinals that need no message on the queue, as they wait for an operator: the unreadable and the
 * dead-lettered. The mark of a dead-lettered one is believed while the dead-letter queue holds
 * anything. A batch of version 1.0 has no marks, so all of it is then taken to be dead-lettered.
 */
function accountedFor(batch: Batch, { deadLettered }: EventCounts): ReadonlySet<number> {
  if (deadLettered === 0) return batch.unreadable;
  return new Set([...batch.unreadable, ...(batch.deadLettered ?? batch.pending)]);
}

/** Ordinals that need a message on the queue. */
export function waitingIn(batch: Batch, queued: EventCounts): ReadonlySet<number> {
  const accounted = accountedFor(batch, queued);
  return new Set([...batch.pending].filter((ordinal) => !accounted.has(ordinal)));
}
