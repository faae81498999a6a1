import { checkpointOf } from '../ledger/ledger.ts';
import type { Pauses } from '../ledger/pause.ts';
import { countMessages, type QueueCounts, total } from '../queue/count.ts';
import type { OperationsDeps } from './operations-deps.ts';

/** Where things stand, by the ledger and the queues. */
export interface Standing {
  /** Undefined while nothing was ever read. */
  readonly cursor: string | undefined;
  /** Undefined, too, while polls write the state faster than it can be read. */
  readonly checkpoint: string | undefined;
  /** Events that are neither delivered nor dismissed, those on the dead-letter queue among them. */
  readonly pending: number;
  /**
   * False when more batches are open than were looked at. `pending` is then what the queues hold.
   */
  readonly isExact: boolean;
  /** When the oldest event of the first open batch happened, epoch milliseconds. */
  readonly oldestAt: number | undefined;
  /** Messages that wait to be delivered, or are being delivered. */
  readonly queued: QueueCounts;
  readonly deadLettered: number;
  readonly pauses: Pauses;
}

/** Batches that fit into one read of the table. A usual outage has fewer. */
const MOST_BATCHES = 100;

/**
 * Reads where things stand. It costs the same however much waits: SQS counts the messages, and at
 * most a hundred open batches are read. The checkpoint is given only if the state stayed the same
 * while the batches were read. A cursor that goes back in between would show progress that there
 * was not.
 */
export async function standing({
  ledger,
  pauses,
  queue,
  deadLetterQueue,
}: Pick<OperationsDeps, 'ledger' | 'pauses' | 'queue' | 'deadLetterQueue'>): Promise<Standing> {
  const front = await ledger.front();
  const state = front?.state ?? (await ledger.readState());
  const batches = await ledger.openBatchesAfter(undefined, MOST_BATCHES);
  const [queued, dead, paused] = await Promise.all([
    countMessages(queue),
    countMessages(deadLetterQueue),
    pauses.read(),
  ]);
  // A batch that is newer than the state was put and never claimed. Nobody has to deliver it.
  const claimed = batches.filter(({ seq }) => state !== undefined && seq <= state.seq);
  const counted = claimed.reduce((sum, { pending }) => sum + pending.size, 0);
  const isExact = batches.length < MOST_BATCHES;
  return {
    cursor: state?.cursor,
    checkpoint: front && checkpointOf(front.state, front.first ? [front.first] : []),
    pending: isExact ? counted : Math.max(counted, total(queued) + total(dead)),
    isExact,
    oldestAt: front?.first?.oldestAt,
    queued,
    deadLettered: total(dead),
    pauses: paused,
  };
}
