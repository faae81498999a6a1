import type { Batch } from '../../shared/ledger/items.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';

/**
 * Ordinals that need no message on the queue: they wait for an operator. What is unreadable is
 * marked. What was dead-lettered is marked too, and believed as long as the dead-letter queue holds
 * anything: then its message is taken to be there. A batch of version 1.0 does not tell, so all of
 * it is taken to be there.
 */
function accountedFor(batch: Batch, { deadLettered }: EventCounts): ReadonlySet<number> {
  if (deadLettered === 0) return batch.unreadable;
  return new Set([...batch.unreadable, ...(batch.deadLettered ?? batch.pending)]);
}

/** Ordinals that wait for a message. */
export function waitingIn(batch: Batch, queued: EventCounts): ReadonlySet<number> {
  const accounted = accountedFor(batch, queued);
  return new Set([...batch.pending].filter((ordinal) => !accounted.has(ordinal)));
}
