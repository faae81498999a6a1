import { type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { prefixOf, timeOf } from '../../shared/log-position.ts';
import type { LogClient } from './log-client.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';

/**
 * How far an id may be ahead of Auth0's own clock. An entry beyond that is reported, and never
 * becomes the cursor.
 */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** True for an id from the future. As the cursor it would end all reading until its time comes. */
export function isFuture(logId: string, readAt: number): boolean {
  const time = timeOf(logId);
  return time !== undefined && time > readAt + CLOCK_TOLERANCE_MS;
}

/** True for an id that is a position: a number. */
export function isPosition(id: string): boolean {
  return /^\d+$/.test(id);
}

/** True for a position that START_FROM or a rewind to a time made up. No entry has such an id. */
export function isMadeUp(position: string): boolean {
  return /0{30}$/.test(position);
}

/** The entries' ids that are positions and not from the future. */
export function positionsOf({ entries, readAt }: LogPage): readonly string[] {
  const ids = entries
    .map((entry: LogEvent) => logIdOf(entry))
    .filter((id) => id !== undefined)
    .filter((id) => isPosition(id) && !isFuture(id, readAt));
  const usual = ids.filter((id) => prefixOf(id) !== undefined); // one odd id must not become everybody's position
  return usual.length > 0 ? usual : ids;
}

/**
 * Compares two positions. Ids of one tenant have one length, and the order of the texts is the
 * order of the log.
 */
export function isAfter(id: string, position: string): boolean {
  return id.length === position.length && id > position;
}

/** The oldest entry that Auth0 still keeps; `position` is undefined when it shows none at all. */
export interface Oldest {
  readonly position: string | undefined;
  readonly readAt: number;
}

/**
 * Finds the oldest entry. A log that shows none is asked once more: after one false empty answer,
 * events that Auth0 still keeps would be given up.
 */
export async function oldestOf(log: LogClient): Promise<Oldest> {
  const page = await log.search('oldest');
  if (page.entries.length === 0 && (await log.search('newest')).entries.length > 0) {
    throw new LogReadError(
      'auth0.position',
      'Auth0 shows no oldest log event, although it shows a newest one: the next poll tries again',
    );
  }
  return { position: positionsOf(page).toSorted()[0], readAt: page.readAt };
}

export async function newestOf(log: LogClient): Promise<string | undefined> {
  return positionsOf(await log.search('newest'))
    .toSorted()
    .at(-1);
}
