import { type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { timeOf } from '../../shared/log-position.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';

/** An id that claims to be from later than this is of a clock that tells nothing, so nobody waits for it. */
const PLAUSIBLE_MS = 5 * 60_000;

/** The part of a page that is taken now. */
export interface PagePart {
  readonly entries: readonly LogEvent[];
  /** Position after the part: the `log_id` of its last entry. */
  readonly to: string;
  /** False when younger entries of the page have to wait until they are settled. */
  readonly whole: boolean;
}

/**
 * Cuts a page before its first entry whose id is younger than the settle time: until then an entry with a smaller id may
 * still become visible. Entries after the last one that has a position are left for the next page.
 * Undefined when there is nothing to take.
 */
export function takeSettled(page: LogPage, cursor: string, settleMs: number): PagePart | undefined {
  const young = page.entries.findIndex((entry) => isYoung(entry, page.readAt, settleMs));
  const settled = young === -1 ? page.entries : page.entries.slice(0, young);
  const ids = settled.map(logIdOf);
  const end = ids.findLastIndex((id) => id !== undefined && isAfter(id, cursor));
  const to = ids[end];
  if (to === undefined) {
    if (ids.some((id) => id !== undefined && isPosition(id))) {
      throw new LogReadError(
        'auth0.position',
        'Auth0 answered with log events that are not after the cursor',
      );
    }
    if (page.entries.length === page.taken && young === -1) {
      throw new LogReadError(
        'auth0.position',
        'Auth0 answered with a page of log events of which none has a log_id',
      );
    }
    return undefined;
  }
  return { entries: settled.slice(0, end + 1), to, whole: young === -1 };
}

/** Milliseconds until all entries that wait are settled; undefined when none waits. */
export function settledIn(page: LogPage, settleMs: number): number | undefined {
  const young = page.entries.findLast((entry) => isYoung(entry, page.readAt, settleMs));
  const time = timeOf(logIdOf(young) ?? '');
  return time === undefined ? undefined : Math.max(0, time + settleMs - page.readAt);
}

function isYoung(entry: LogEvent, readAt: number, settleMs: number): boolean {
  const time = timeOf(logIdOf(entry) ?? '');
  return time !== undefined && settleMs > 0 && time > readAt - settleMs && time < readAt + PLAUSIBLE_MS;
}

function isPosition(id: string): boolean {
  return /^\d+$/.test(id);
}

/** Ids of one tenant have one length, in which the order of the texts is the order of the log. */
function isAfter(id: string, cursor: string): boolean {
  return isPosition(id) && id.length === cursor.length && id > cursor;
}
