import type { State } from '../shared/ledger/items.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createFilter } from './events/event-filter.ts';
import { type Count, tally } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollEnd } from './poll-end.ts';
import { detectGap } from './reading/gap.ts';
import { createPageReader } from './reading/page-reader.ts';

/** Reads page after page from the cursor on, and enqueues what matches, until something ends the poll. */
export async function readPages(state: State, deps: PollDeps, count: Count): Promise<PollEnd> {
  const filter = createFilter(deps.settings.filter);
  const caughtUpAt = await deps.ledger.caughtUpAt(state.cursor);
  const reader = createPageReader(state.cursor, deps);
  const writer = createBatchWriter(state, deps, count);
  for (let isFirst = true; ; isFirst = false) {
    const { page, part, end } = await reader.next();
    if (isFirst && page) count({ gaps: detectGap(state.cursor, page, caughtUpAt, deps) });
    if (part) {
      const verdicts = part.entries.map(filter);
      count({ pages: 1, read: part.entries.length, verdicts: tally(verdicts) });
      const events = part.entries.filter((_, index) => verdicts[index] === 'matched');
      if (!(await writer.write({ to: part.to, events }))) return { stoppedBy: 'overtaken' };
    }
    if (end) return end;
  }
}
