import type { Abandoned, Batch, State } from '../../shared/ledger/items.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';
import type { PollDeps } from '../poll-deps.ts';
import { waitingIn } from './waiting-in.ts';

/** Batches of one read. They are deleted side by side, some 2,000 a second. */
const AT_ONCE = 20;
/** How long one poll removes batches. Reading comes first; the rest is for the next poll. */
const MOST_MS = 5_000;

/**
 * Removes batches whose range is read again: those from `abandoned.first` on that are not newer
 * than `abandoned.seq`. Batches of the second reading are newer, so they stay. Those that wait for
 * an operator stay, too. After a poll that dies the next one goes on at its note; removing twice
 * does no harm.
 * @returns the state to go on with; undefined when another poll has taken over
 */
export async function removeAbandoned(
  state: State,
  queued: EventCounts,
  { ledger, now, mayStartPage }: PollDeps,
): Promise<State | undefined> {
  const { abandoned } = state;
  if (!abandoned) return state;
  const noted = await ledger.readRemoval();
  let after = noted?.seq === abandoned.seq ? noted.after : undefined;
  for (const end = now() + MOST_MS; now() < end && mayStartPage(); ) {
    const some = await ledger.openBatchesAfter(after ?? justBefore(abandoned.first), AT_ONCE);
    await Promise.all(
      some.filter(({ seq }) => seq <= abandoned.seq).map((batch) => remove(batch, abandoned, queued, ledger)),
    );
    after = some.at(-1)?.id;
    if (after === undefined || some.length < AT_ONCE) {
      const done = await ledger.claim(state, { abandoned: undefined });
      if (done) await ledger.clearRemoval();
      return done;
    }
    await ledger.writeRemoval({ seq: abandoned.seq, after });
  }
  return state;
}

async function remove(
  batch: Batch,
  { wholly }: Abandoned,
  queued: EventCounts,
  ledger: PollDeps['ledger'],
): Promise<void> {
  const delivered = waitingIn(batch, queued);
  if (wholly || delivered.size === batch.pending.size) return await ledger.removeBatch(batch.id);
  if (delivered.size > 0)
    await ledger.record(batch.id, { delivered, failed: new Map(), deadLettered: new Set() });
}

/** A key before this id and after every other, as a read begins after its key. No id has a `~`. */
function justBefore(id: string | undefined): string | undefined {
  return id && `${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}~`;
}
