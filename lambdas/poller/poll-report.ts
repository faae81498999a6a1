import type { Grouping } from '../shared/ledger/items.ts';
import { checkpointOf, type Ledger } from '../shared/ledger/ledger.ts';
import { timeOf } from '../shared/log-position.ts';
import type { PollCounts } from './poll-counts.ts';
import type { PollEnd } from './poll-end.ts';

/** Where things stand after a poll, as the ledger tells. */
export interface Progress {
  readonly cursor: string;
  /** The state's `seq`; undefined when there is no state, or the ledger could not be asked. */
  readonly seq?: number | undefined;
  /** Empty while polls write the state faster than it can be read. */
  readonly checkpoint: string;
  /** Age of the oldest undelivered event; undefined when the ledger could not be asked. */
  readonly lagSeconds: number | undefined;
  /** How long log events may have been unread, in seconds; 0 when the log was read to its end. */
  readonly unreadSeconds: number | undefined;
  /** True when anything is undelivered; undefined when the ledger could not be asked. */
  readonly isOpen?: boolean | undefined;
  /**
   * How events are put into message groups, such as `resource/2`; undefined before the first poll.
   */
  readonly grouping?: string | undefined;
  /** The grouping that this deployment wants instead. It waits until nothing is open. */
  readonly groupingWanted?: string | undefined;
}

/** What one poll did and how it left things, for its log line and its metrics. */
export interface PollReport extends PollCounts, PollEnd, Progress {
  /** Where this poll began to read; undefined when it read nothing. */
  readonly from?: string | undefined;
  /** True when events were undelivered as it began to read. */
  readonly wasOpen?: boolean | undefined;
}

export const PROGRESS_UNKNOWN: Progress = {
  cursor: '',
  checkpoint: '',
  lagSeconds: undefined,
  unreadSeconds: undefined,
};

/**
 * Reads where things stand, also after a poll that failed: lag must show while polls fail, too. The
 * first open batch decides, so that it costs the same however much waits.
 */
export async function readProgress(ledger: Ledger, now: number, isCaughtUp = false): Promise<Progress> {
  const front = await ledger.front();
  const state = front?.state ?? (await ledger.readState());
  if (!state) return { ...PROGRESS_UNKNOWN, lagSeconds: 0 };
  const readUntil = isCaughtUp ? now : await lastRead(state.cursor, ledger, now);
  const oldest = Math.min(readUntil, front?.first?.oldestAt ?? readUntil);
  return {
    cursor: state.cursor,
    seq: state.seq,
    checkpoint: front ? checkpointOf(state, front.first ? [front.first] : []) : '',
    unreadSeconds: secondsFrom(readUntil, now),
    lagSeconds: secondsFrom(oldest, now),
    isOpen: front && front.first !== undefined,
    grouping: state.grouping && textOf(state.grouping),
  };
}

/**
 * The time up to which the log is known to be read: that of the last entry, or the last proof of
 * the log's end if that is later.
 */
async function lastRead(cursor: string, ledger: Ledger, now: number): Promise<number> {
  const known = [timeOf(cursor), await ledger.caughtUpAt(cursor)].filter((time) => time !== undefined);
  return known.length > 0 ? Math.max(...known) : now;
}

/** Writes a grouping as text, such as `resource/2`. */
export function textOf({ order, version }: Grouping): string {
  return `${order}/${version}`;
}

function secondsFrom(time: number, now: number): number {
  return Math.max(0, Math.round((now - time) / 1_000));
}
