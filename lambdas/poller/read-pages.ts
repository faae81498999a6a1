import { caughtUpBefore } from '../shared/ledger/notes.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createFilter } from './events/event-filter.ts';
import { type Count, tally } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollEnd } from './poll-end.ts';
import { tellFuture } from './reading/future.ts';
import { detectGap } from './reading/gap.ts';
import type { Opened } from './reading/open-state.ts';
import { createPageReader } from './reading/page-reader.ts';

/**
 * Reads page after page from the cursor on, and enqueues what matches, until something ends the
 * poll.
 */
export async function readPages(
  { state, checkpoint }: Opened,
  deps: PollDeps,
  count: Count,
): Promise<PollEnd> {
  const { cursor } = state;
  const filter = createFilter(deps.settings.filter);
  const caughtUpAt = caughtUpBefore(checkpoint, cursor);
  const isRewound = state.rewoundFrom !== undefined;
  const reader = createPageReader(cursor, caughtUpAt, deps);
  const writer = createBatchWriter(state, deps, count);
  for (let isFirst = true; ; isFirst = false) {
    const { page, part, end, goesOn } = await reader.next();
    if (isFirst && page)
      count({ gaps: await detectGap({ cursor, caughtUpAt, isRewound, readAt: page.readAt }, deps) });
    if (part) {
      const verdicts = part.entries.map(filter);
      count({ pages: 1, read: part.entries.length, verdicts: tally(verdicts) });
      const events = part.entries.filter((_, index) => verdicts[index] === 'matched');
      if (!(await writer.add({ to: part.to, events, bytes: page?.bytes ?? 0 })))
        return { stoppedBy: 'overtaken' };
    }
    // What is kept is written now, as the next page is not there yet. Events must not wait for
    // later ones.
    if (!goesOn && !(await writer.flush())) return { stoppedBy: 'overtaken' };
    if (page && end) count({ gaps: await tellFuture(page, deps) });
    if (end) return end;
  }
}
