import type { Batch, State } from '../../shared/ledger/items.ts';
import { earlier, isClaimed } from '../../shared/ledger/ledger.ts';
import type { Quiet } from '../../shared/ledger/quiet-note.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';
import type { PollCounts } from '../poll-counts.ts';
import type { PollDeps } from '../poll-deps.ts';
import { oldestOf } from '../reading/positions.ts';
import { isGone } from './is-gone.ts';
import { isLongEnough } from './quiet.ts';
import { waitingIn } from './waiting-in.ts';

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
 * @param before the quiet that `takeQuiet` gave before the messages were counted
 */
export async function reconcile(
  state: State,
  open: Batch | undefined,
  queued: EventCounts,
  before: Quiet | undefined,
  deps: PollDeps,
): Promise<Reconciled> {
  const { ledger, now } = deps;
  if (!open || queued.waiting > 0) {
    if (before?.looked) await ledger.clearQuiet();
    return { state, counts: {} };
  }
  const hasDead = queued.deadLettered > 0;
  const begun: Quiet = { polls: 1, since: now(), hasDead };
  // A redrive that empties the dead-letter queue begins a new quiet.
  const quiet = before?.hasDead === hasDead ? { ...before, polls: before.polls + 1 } : begun;
  const { since, after, looked = false } = quiet;
  // One removal after the other.
  if (state.abandoned || !(looked || isLongEnough(quiet, now()))) {
    if (!looked) await ledger.writeQuiet(quiet);
    return { state, counts: {} };
  }
  const few = await ledger.openBatchesAfter(after, LOOKED_AT);
  const missing = few.filter((batch) => hasLost(batch, state, queued));
  // What is younger than the quiet, or was redriven during it, needs a quiet of its own.
  const lost = looked ? [] : missing.filter(({ openedAt }) => openedAt <= since);
  const next = few.length < LOOKED_AT ? undefined : few.at(-1)?.id;
  // What was redriven between the count and the look at the batches is on the queue by now.
  if (lost.length > 0 && (await deps.queue.counts()).waiting > 0) return { state, counts: {} };
  const { first, unreadable } = await firstReadable(lost, deps, queued);
  if (!first) {
    if (missing.length > lost.length) await ledger.writeQuiet({ ...begun, after });
    else if (!looked || next !== after)
      await ledger.writeQuiet({ ...quiet, looked: looked || next === undefined, after: next });
    return { state, counts: { unreadable } };
  }
  const cursor = earlier(first.from, state.cursor);
  const abandoned = { first: first.id, seq: state.seq, wholly: false };
  const claimed = await ledger.claim(state, { cursor, abandoned });
  if (!claimed) return { state: undefined, counts: { unreadable } };
  deps.tell('error', 'batches.abandoned', { first: first.id, cursor });
  return { state: claimed, counts: { unreadable, abandoned: 1 } };
}

function hasLost(batch: Batch, state: State, queued: EventCounts): boolean {
  return isClaimed(batch, state) && batch.enqueued && waitingIn(batch, queued).size > 0;
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
    await ledger.markEnqueued(batch, new Set([...batch.unreadable, ...events]));
    tell('error', 'events.unreadable', { batch: batch.id, events: events.size });
    unreadable += events.size;
  }
  return { unreadable };
}
