import { type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { timeOf } from '../../shared/log-position.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';
import { isAfter, isFuture, isPosition } from './positions.ts';

/** The part of a page that can be taken now. */
export interface PagePart {
  readonly entries: readonly LogEvent[];
  /** The position after the part: the `log_id` of its last entry. */
  readonly to: string;
  /**
   * False when later entries of the page have to wait, until they are settled or their time comes.
   */
  readonly whole: boolean;
}

/**
 * Cuts a page before its first entry that is younger than the settle time, as an entry with a
 * smaller id may still become visible before it. An id from the future is younger than any: as the
 * cursor it would end all reading until its time comes. Entries after the last one with a position
 * are left for the next page.
 * @returns undefined when there is nothing to take
 */
export function takeSettled(page: LogPage, cursor: string, settleMs: number): PagePart | undefined {
  const waiting = page.entries.findIndex((entry) => mustWait(entry, page.readAt, settleMs));
  const settled = waiting === -1 ? page.entries : page.entries.slice(0, waiting);
  const ids = settled.map(logIdOf);
  const end = ids.findLastIndex((id) => id !== undefined && isPosition(id) && isAfter(id, cursor));
  const to = ids[end];
  if (to !== undefined) return { entries: settled.slice(0, end + 1), to, whole: waiting === -1 };
  if (ids.some((id) => id !== undefined && isPosition(id)))
    throw new LogReadError('auth0.position', 'Auth0 answered with log events that are not after the cursor');
  if (page.entries.length === page.taken && waiting === -1) {
    throw new LogReadError(
      'auth0.position',
      'Auth0 answered with a page of log events of which none has a log_id',
    );
  }
  return undefined;
}

/**
 * Milliseconds until all waiting entries are settled; undefined when none waits, but for those from
 * the future.
 */
export function settledIn(page: LogPage, settleMs: number): number | undefined {
  const young = page.entries.findLast((entry) => {
    const id = logIdOf(entry) ?? '';
    return mustWait(entry, page.readAt, settleMs) && !isFuture(id, page.readAt);
  });
  const time = timeOf(logIdOf(young) ?? '');
  return time === undefined ? undefined : Math.max(0, time + settleMs - page.readAt);
}

/** Ids of the page that lie in the future. */
export function futureIds({ entries, readAt }: LogPage): readonly string[] {
  return entries
    .map(logIdOf)
    .filter((id) => id !== undefined)
    .filter((id) => isFuture(id, readAt));
}

function mustWait(entry: LogEvent, readAt: number, settleMs: number): boolean {
  const id = logIdOf(entry) ?? '';
  const time = timeOf(id);
  if (time === undefined) return false;
  return isFuture(id, readAt) || (settleMs > 0 && time > readAt - settleMs);
}
