import { VERDICTS, type Verdict } from './events/event-filter.ts';

/** What one poll did, in numbers. Each step returns its own counts; `poll` adds them up. */
export interface PollCounts {
  /** Log events and pages that were read. */
  readonly read: number;
  readonly pages: number;
  /** Events that this poll claimed. */
  readonly matched: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Events with parts left out, as they were too large for SQS. */
  readonly shortened: number;
  /** Events that could neither be sent nor read again. */
  readonly unreadable: number;
  /** Batches whose messages were lost, so that their range is read again. */
  readonly abandoned: number;
  readonly gaps: number;
}

/** Adds what a step counted. */
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
