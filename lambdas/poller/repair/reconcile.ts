import type { Batch, State } from '../../shared/ledger/items.ts';
import { earlier } from '../../shared/ledger/ledger.ts';
import { timeOf } from '../../shared/log-position.ts';
import type { PollDeps } from '../poll.ts';
import type { PollReport } from '../poll-report.ts';

const DAY_MS = 24 * 3_600_000;
/** SQS's counts are approximate for about a minute; five of quiet over three polls are no accident of counting. */
const QUIET_MS = 5 * 60_000;
const QUIET_POLLS = 3;

/**
 * Batches that stay open while both queues stay empty over several polls have lost their messages (a purge, 14 days). The
 * cursor goes back to where they begin, then they are deleted and read again. After a crash in between the queues are as
 * empty and as long quiet as before, so that the next poll does the rest. Gives the state to go on with; undefined when
 * another poll has taken over. What Auth0 no longer keeps cannot be read again: it stays pending, with an alarm, until it is
 * dismissed; going back for it would only send its neighbours of days again.
 */
export async function reconcile(
  state: State,
  batches: readonly Batch[],
  { ledger, queue, settings, tell, now }: PollDeps,
  report: PollReport,
): Promise<State | undefined> {
  const open = batches.filter((batch) => isWaiting(batch) && now() - batch.openedAt >= QUIET_MS);
  const quiet = await ledger.readQuiet();
  if (open.length === 0 || !(await queue.isEmpty())) {
    if (quiet) await ledger.clearQuiet();
    return state;
  }
  const polls = (quiet?.polls ?? 0) + 1;
  const since = quiet?.since ?? now();
  if (polls < QUIET_POLLS || now() - since < QUIET_MS) {
    await ledger.writeQuiet({ polls, since });
    return state;
  }
  const tooOld = now() - settings.retentionDays * DAY_MS;
  const isGone = ({ to }: Batch) => (timeOf(to) ?? now()) < tooOld;
  for (const { id, pending } of open.filter(isGone)) {
    await ledger.markEnqueued(id, pending);
    tell('error', 'events.unreadable', { batch: id, events: pending.size });
    report.unreadable += pending.size;
  }
  const waiting = open.filter((batch) => !isGone(batch));
  const [first] = waiting;
  if (!first) {
    await ledger.clearQuiet();
    return state;
  }
  const cursor = earlier(first.from, state.cursor);
  const claimed = await ledger.claim(state, { cursor, last: state.last });
  if (!claimed) return undefined;
  tell('error', 'batches.abandoned', { batches: waiting.length, first: first.id, cursor });
  for (const { id } of waiting) {
    await ledger.removeBatch(id);
    report.abandoned++;
  }
  await ledger.clearQuiet();
  return claimed;
}

/** Waits for a message: one that was sent. What could not be read again has none, and stays until it is dismissed. */
function isWaiting(batch: Batch): boolean {
  return batch.enqueued && [...batch.pending].some((ordinal) => !batch.unreadable.has(ordinal));
}
