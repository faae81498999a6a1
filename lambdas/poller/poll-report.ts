import { checkpointOf, type Ledger } from '../shared/ledger/ledger.ts';
import { timeOf } from '../shared/log-position.ts';
import type { Verdict } from './event-filter.ts';

export type StoppedBy = 'caught-up' | 'unsettled' | 'deadline' | 'rate-limit' | 'overtaken';

/** What one poll did: its log line and its metrics. */
export interface PollReport {
  /** Log events read, and pages of them. */
  read: number;
  pages: number;
  /** Events that were claimed in this poll. */
  matched: number;
  readonly verdicts: Record<Verdict, number>;
  /** Events that were too large for SQS, with parts left out. */
  shortened: number;
  /** Events that could not be sent and not be read again. */
  unreadable: number;
  /** Batches whose messages were lost, and which are read again. */
  abandoned: number;
  gaps: number;
  stoppedBy: StoppedBy;
  /** Epoch milliseconds, with `rate-limit`. */
  retryAt?: number | undefined;
  cursor: string;
  checkpoint: string;
  openBatches: number;
  /** Events that are neither delivered nor dismissed. */
  pending: number;
  lagSeconds: number;
}

export function newReport(): PollReport {
  return {
    read: 0,
    pages: 0,
    matched: 0,
    verdicts: { matched: 0, type: 0, endpoint: 0, method: 0, client: 0 },
    shortened: 0,
    unreadable: 0,
    abandoned: 0,
    gaps: 0,
    stoppedBy: 'overtaken',
    cursor: '',
    checkpoint: '',
    openBatches: 0,
    pending: 0,
    lagSeconds: 0,
  };
}

/** Writes the checkpoint and completes the report with where things stand now. */
export async function conclude(ledger: Ledger, now: number, report: PollReport): Promise<void> {
  // The state first: a batch that is newer is not claimed yet and must not hold back the checkpoint.
  const state = await ledger.readState();
  if (!state) return;
  const batches = await ledger.openBatches();
  const open = batches.filter((batch) => batch.pending.size > 0);
  report.cursor = state.cursor;
  report.checkpoint = checkpointOf(state, batches);
  report.openBatches = open.length;
  report.pending = open.reduce((sum, batch) => sum + batch.pending.size, 0);
  const caughtUp = report.stoppedBy === 'caught-up' || report.stoppedBy === 'unsettled';
  const hasUnread = report.stoppedBy === 'deadline' || report.stoppedBy === 'rate-limit';
  const unreadSince = hasUnread ? (timeOf(state.cursor) ?? now) : now;
  const oldest = Math.min(unreadSince, ...open.map((batch) => batch.oldestAt));
  report.lagSeconds = Math.max(0, Math.round((now - oldest) / 1_000));
  await ledger.writeCheckpoint(report.checkpoint, now, caughtUp ? now : undefined);
}
