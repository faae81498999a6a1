import type { State } from '../shared/ledger/items.ts';
import { checkpointOf, isSame, type Ledger, STABLE_TRIES } from '../shared/ledger/ledger.ts';
import { timeOf } from '../shared/log-position.ts';
import type { Verdict } from './events/event-filter.ts';

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
  /** Age of the oldest undelivered event; undefined when the ledger could not be asked. */
  lagSeconds: number | undefined;
  /** Since when log events may be unread: 0 once the log was read to its end. */
  unreadSeconds: number | undefined;
  /** Requests that Auth0 still allowed after the last page. */
  rateLimitRemaining?: number | undefined;
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
    lagSeconds: undefined,
    unreadSeconds: undefined,
  };
}

/** Writes the checkpoint and completes the report with where things stand now. */
export async function conclude(ledger: Ledger, now: number, report: PollReport): Promise<void> {
  const isCaughtUp = report.stoppedBy === 'caught-up' || report.stoppedBy === 'unsettled';
  if (!(await measure(ledger, now, report, isCaughtUp))) return;
  await ledger.writeCheckpoint(report.checkpoint, now, isCaughtUp ? report.cursor : undefined);
}

/**
 * Completes the report with where things stand, also for a poll that broke off. False while nothing was ever read, or when
 * other polls keep moving the state: then the checkpoint is theirs to tell.
 */
export async function measure(
  ledger: Ledger,
  now: number,
  report: PollReport,
  isCaughtUp = false,
): Promise<boolean> {
  const read = await readStanding(ledger);
  if (!read) {
    report.lagSeconds = 0;
    return false;
  }
  const { state, batches, isStable } = read;
  const open = batches.filter((batch) => batch.pending.size > 0);
  report.cursor = state.cursor;
  report.checkpoint = isStable ? checkpointOf(state, batches) : '';
  report.openBatches = open.length;
  report.pending = open.reduce((sum, batch) => sum + batch.pending.size, 0);
  const readUntil = isCaughtUp ? now : await lastRead(state, ledger, now);
  const oldest = Math.min(readUntil, ...open.map((batch) => batch.oldestAt));
  report.unreadSeconds = secondsFrom(readUntil, now);
  report.lagSeconds = secondsFrom(oldest, now);
  return isStable;
}

/**
 * The state first: a batch that is newer is not claimed yet and must not hold back the checkpoint. Then the state again: where
 * another poll went back in between (reconcile, a rewind), old state and new batches together would tell of progress that
 * is none.
 */
async function readStanding(ledger: Ledger) {
  let state = await ledger.readState();
  for (let tries = 1; state; tries++) {
    const batches = await ledger.openBatches();
    const again = await ledger.readState();
    const isStable = isSame(state, again);
    if (isStable || tries === STABLE_TRIES) return { state, batches, isStable };
    state = again;
  }
  return undefined;
}

/** What came after it may be unread: the last entry that was read, or the last end of the log if that was later. */
async function lastRead({ cursor }: State, ledger: Ledger, now: number): Promise<number> {
  const known = [timeOf(cursor), await ledger.caughtUpAt(cursor)].filter((time) => time !== undefined);
  return known.length > 0 ? Math.max(...known) : now;
}

function secondsFrom(time: number, now: number): number {
  return Math.max(0, Math.round((now - time) / 1_000));
}
