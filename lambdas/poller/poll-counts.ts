import { VERDICTS, type Verdict } from './events/event-filter.ts';

/** What one poll did, in numbers. Each step gives its own; `poll` adds them up. */
export interface PollCounts {
  /** Log events read, and pages of them. */
  readonly read: number;
  readonly pages: number;
  /** Events that were claimed in this poll. */
  readonly matched: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Events that were too large for SQS, with parts left out. */
  readonly shortened: number;
  /** Events that could not be sent and not be read again. */
  readonly unreadable: number;
  /** Batches whose messages were lost, and which are read again. */
  readonly abandoned: number;
  readonly gaps: number;
}

/** Takes what a step counted. */
export type Count = (more: Partial<PollCounts>) => void;

export const NOTHING_COUNTED: PollCounts = {
  read: 0,
  pages: 0,
  matched: 0,
  verdicts: tally([]),
  shortened: 0,
  unreadable: 0,
  abandoned: 0,
  gaps: 0,
};

export function plus(counts: PollCounts, more: Partial<PollCounts>): PollCounts {
  return {
    read: counts.read + (more.read ?? 0),
    pages: counts.pages + (more.pages ?? 0),
    matched: counts.matched + (more.matched ?? 0),
    verdicts: sum(counts.verdicts, more.verdicts),
    shortened: counts.shortened + (more.shortened ?? 0),
    unreadable: counts.unreadable + (more.unreadable ?? 0),
    abandoned: counts.abandoned + (more.abandoned ?? 0),
    gaps: counts.gaps + (more.gaps ?? 0),
  };
}

/** How often each verdict was given. */
export function tally(verdicts: readonly Verdict[]): Readonly<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = { matched: 0, type: 0, endpoint: 0, method: 0, client: 0 };
  for (const verdict of verdicts) counts[verdict]++;
  return counts;
}

function sum(
  some: Readonly<Record<Verdict, number>>,
  more: Readonly<Record<Verdict, number>> = tally([]),
): Readonly<Record<Verdict, number>> {
  const counts = { ...some };
  for (const verdict of VERDICTS) counts[verdict] += more[verdict];
  return counts;
}
