import type { Abandoned, Batch, State } from '../../shared/ledger/items.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';
import type { PollDeps } from '../poll-deps.ts';
import { waitingIn } from './waiting-in.ts';

/** Batches of one read, whose deletions go side by side: some 2,000 a second. */
const AT_ONCE = 20;
/** Reading comes first: the rest is for the next poll. */
const MOST_MS = 5_000;

/**
 * Removes batches that are read again: those from `abandoned.first` on that are no newer than
 * `abandoned.seq`. New ones are newer, so they stay. What waits for an operator stays, too. A poll
 * that dies is followed by one that goes on where it stopped; where that was is only a note, as
 * removing twice does no harm. Gives the state to go on with; undefined when another poll has taken
 * over.
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

/**
 * A read begins after a key: one that sorts before this id and after every other. Ids have no `~`.
 */
function justBefore(id: string | undefined): string | undefined {
  return id && `${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}~`;
}
