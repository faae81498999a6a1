import type { Batch, State } from '../../shared/ledger/items.ts';
import { earlier } from '../../shared/ledger/ledger.ts';
import { timeOf } from '../../shared/log-position.ts';
import type { PollCounts } from '../poll-counts.ts';
import type { PollDeps } from '../poll-deps.ts';

const DAY_MS = 24 * 3_600_000;
/** SQS's counts are approximate for about a minute; five of quiet over three polls are no accident of counting. */
const QUIET_MS = 5 * 60_000;
const QUIET_POLLS = 3;

interface Reconciled {
  /** To go on with; undefined when another poll has taken over. */
  readonly state: State | undefined;
  readonly counts: Partial<PollCounts>;
}

/**
 * Batches that stay open while both queues stay empty over several polls have lost their messages (a purge, 14 days). The
 * cursor goes back to where they begin, then they are deleted and read again. After a crash in between the queues are as
 * empty and as long quiet as before, so that the next poll does the rest. What Auth0 no longer keeps cannot be read again: it stays pending, with an alarm, until it is
 * dismissed; going back for it would only send its neighbours of days again.
 */
export async function reconcile(
  state: State,
  batches: readonly Batch[],
  { ledger, queue, settings, tell, now }: PollDeps,
): Promise<Reconciled> {
  const open = batches.filter((batch) => isWaiting(batch) && now() - batch.openedAt >= QUIET_MS);
  const quiet = await ledger.readQuiet();
  if (open.length === 0 || (await holdsMessages(queue))) {
    if (quiet) await ledger.clearQuiet();
    return { state, counts: {} };
  }
  const polls = (quiet?.polls ?? 0) + 1;
  const since = quiet?.since ?? now();
  if (polls < QUIET_POLLS || now() - since < QUIET_MS) {
    await ledger.writeQuiet({ polls, since });
    return { state, counts: {} };
  }
  const tooOld = now() - settings.retentionDays * DAY_MS;
  const isGone = ({ to }: Batch) => (timeOf(to) ?? now()) < tooOld;
  let unreadable = 0;
  for (const { id, pending } of open.filter(isGone)) {
    await ledger.markEnqueued(id, pending);
    tell('error', 'events.unreadable', { batch: id, events: pending.size });
    unreadable += pending.size;
  }
  const waiting = open.filter((batch) => !isGone(batch));
  const [first] = waiting;
  if (!first) {
    await ledger.clearQuiet();
    return { state, counts: { unreadable } };
  }
  const cursor = earlier(first.from, state.cursor);
  const claimed = await ledger.claim(state, { cursor, last: state.last });
  if (!claimed) return { state: undefined, counts: { unreadable } };
  tell('error', 'batches.abandoned', { batches: waiting.length, first: first.id, cursor });
  for (const { id } of waiting) await ledger.removeBatch(id);
  await ledger.clearQuiet();
  return { state: claimed, counts: { unreadable, abandoned: waiting.length } };
}

async function holdsMessages(queue: PollDeps['queue']): Promise<boolean> {
  const { waiting, deadLettered } = await queue.counts();
  return waiting + deadLettered > 0;
}

/** Waits for a message: one that was sent. What could not be read again has none, and stays until it is dismissed. */
function isWaiting(batch: Batch): boolean {
  return batch.enqueued && [...batch.pending].some((ordinal) => !batch.unreadable.has(ordinal));
}
