import { type LogEvent, logIdOf } from '../../shared/log-event.ts';
import { prefixOf, timeOf } from '../../shared/log-position.ts';
import type { LogClient } from './log-client.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';

/**
 * An entry whose id claims to be from later than this past Auth0's own clock is told, and never
 * becomes the cursor.
 */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * True for an id from the future: read up to it, and all reading would end until its time comes.
 */
export function isFuture(logId: string, readAt: number): boolean {
  const time = timeOf(logId);
  return time !== undefined && time > readAt + CLOCK_TOLERANCE_MS;
}

/** Ids that are positions: a number. */
export function isPosition(id: string): boolean {
  return /^\d+$/.test(id);
}

/** By START_FROM or a rewind to a time: no entry has this id. */
export function isMadeUp(position: string): boolean {
  return /0{30}$/.test(position);
}

/** The entries' ids that are positions, without those from the future. */
export function positionsOf({ entries, readAt }: LogPage): readonly string[] {
  const ids = entries
    .map((entry: LogEvent) => logIdOf(entry))
    .filter((id) => id !== undefined)
    .filter((id) => isPosition(id) && !isFuture(id, readAt));
  const usual = ids.filter((id) => prefixOf(id) !== undefined); // one odd id must not become everybody's position
  return usual.length > 0 ? usual : ids;
}

/** Ids of one tenant have one length, in which the order of the texts is the order of the log. */
export function isAfter(id: string, position: string): boolean {
  return id.length === position.length && id > position;
}

/** What Auth0 still keeps begins at `position`; undefined when it shows nothing at all. */
export interface Oldest {
  readonly position: string | undefined;
  readonly readAt: number;
}

/**
 * A log that shows nothing is asked once more: by one false answer events would be given up that
 * Auth0 still keeps.
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
