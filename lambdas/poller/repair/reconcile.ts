import type { Batch, State } from '../../shared/ledger/items.ts';
import { earlier, isClaimed } from '../../shared/ledger/ledger.ts';
import type { Quiet } from '../../shared/ledger/notes.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';
import type { PollCounts } from '../poll-counts.ts';
import type { PollDeps } from '../poll-deps.ts';
import { oldestOf } from '../reading/positions.ts';
import { isGone } from './is-gone.ts';
import { waitingIn } from './waiting-in.ts';

/**
 * How long the queue must be empty. SQS's counts are approximate for about a minute; five minutes
 * over three polls are no accident of counting.
 */
const QUIET_MS = 5 * 60_000;
const QUIET_POLLS = 3;
/** Batches that one poll looks at, in one read. */
const LOOKED_AT = 25;

interface Reconciled {
  /** The state to go on with; undefined when another poll has taken over. */
  readonly state: State | undefined;
  readonly counts: Partial<PollCounts>;
}

/**
 * Finds batches that lost their messages, by a purge or after 14 days. Their events are pending
 * while the queue is empty over several polls, are not on the dead-letter queue and not unreadable.
 * The cursor goes back to where the first of these batches begins. In the same write all batches
 * from there on become abandoned, to be removed by this and later polls.
 *
 * What Auth0 no longer keeps cannot be read again. It stays pending, with an alarm, until it is
 * dismissed. A poll looks at a few batches and goes on where the last one stopped, so that it costs
 * the same however many are open.
 */
export async function reconcile(
  state: State,
  open: Batch | undefined,
  queued: EventCounts,
  deps: PollDeps,
): Promise<Reconciled> {
  const { ledger, now } = deps;
  const quiet = await ledger.readQuiet();
  if (!open || queued.waiting > 0) {
    if (quiet) await ledger.clearQuiet();
    return { state, counts: {} };
  }
  const hasDead = queued.deadLettered > 0;
  const isOther = quiet?.hasDead !== hasDead; // a redrive that empties the dead-letter queue begins a new quiet
  const { polls, since, after }: Quiet = !quiet || isOther ? { polls: 0, since: now(), hasDead } : quiet;
  if (polls + 1 < QUIET_POLLS || now() - since < QUIET_MS) {
    await ledger.writeQuiet({ polls: polls + 1, since, hasDead });
    return { state, counts: {} };
  }
  if (state.abandoned) return { state, counts: {} }; // one after the other
  const few = await ledger.openBatchesAfter(after, LOOKED_AT);
  const lost = few.filter((batch) => hasLost(batch, state, queued, since));
  const looked = few.length < LOOKED_AT ? undefined : few.at(-1)?.id;
  const { first, unreadable } = await firstReadable(lost, deps, queued);
  if (!first) {
    // A batch that was opened after the quiet began would never count as lost. It needs a quiet of
    // its own.
    if (few.some((batch) => batch.openedAt > since && hasLost(batch, state, queued, batch.openedAt)))
      await ledger.writeQuiet({ polls: 1, since: now(), hasDead });
    else if (looked !== after) await ledger.writeQuiet({ polls, since, hasDead, after: looked });
    return { state, counts: { unreadable } };
  }
  const cursor = earlier(first.from, state.cursor);
  const abandoned = { first: first.id, seq: state.seq, wholly: false };
  const claimed = await ledger.claim(state, { cursor, abandoned });
  if (!claimed) return { state: undefined, counts: { unreadable } };
  deps.tell('error', 'batches.abandoned', { first: first.id, cursor });
  await ledger.clearQuiet();
  return { state: claimed, counts: { unreadable, abandoned: 1 } };
}

function hasLost(batch: Batch, state: State, queued: EventCounts, since: number): boolean {
  if (!isClaimed(batch, state) || !batch.enqueued || batch.openedAt > since) return false;
  return waitingIn(batch, queued).size > 0;
}

/**
 * Finds the first of the lost batches that Auth0 still has. Those before it are marked as
 * unreadable, and reported.
 */
async function firstReadable(
  lost: readonly Batch[],
  { ledger, log, settings, tell }: PollDeps,
  queued: EventCounts,
): Promise<{ readonly first?: Batch; readonly unreadable: number }> {
  let unreadable = 0;
  if (lost.length === 0) return { unreadable };
  const oldest = await oldestOf(log);
  for (const batch of lost) {
    if (!isGone(batch.to, oldest, settings.retentionDays))
      return oldest.position === undefined ? { unreadable } : { first: batch, unreadable };
    const events = waitingIn(batch, queued);
    await ledger.markEnqueued(batch.id, new Set([...batch.unreadable, ...events]));
    tell('error', 'events.unreadable', { batch: batch.id, events: events.size });
    unreadable += events.size;
  }
  return { unreadable };
}
