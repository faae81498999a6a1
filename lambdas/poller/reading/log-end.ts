import { prefixOf, timeOf } from '../../shared/log-position.ts';
import type { LogClient } from './log-client.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';
import { isAfter, isFuture, newestOf } from './positions.ts';

/**
 * How often the end of a quiet log is proven. A false empty answer can go unnoticed for so long.
 */
const CONFIRM_EVERY_MS = 10 * 60_000;

/**
 * Tells whether the log ends at the cursor, as a page without further entries says. One false
 * answer would hide a gap for good, so a search has to confirm it. `likely`: the cursor or the last
 * proof is younger than ten minutes, which saves the search. `more`: the search shows later
 * entries.
 */
export async function logEndsAt(
  cursor: string,
  { readAt }: Pick<LogPage, 'readAt'>,
  provenAt: number | undefined,
  log: LogClient,
): Promise<'likely' | 'proven' | 'more'> {
  if (isFuture(cursor, readAt)) {
    throw new LogReadError(
      'auth0.position',
      `the cursor ${cursor} lies in the future by Auth0's clock, so nothing would be read until then: rewind to an older position`,
    );
  }
  const known = Math.max(timeOf(cursor) ?? 0, provenAt ?? 0);
  if (readAt - known < CONFIRM_EVERY_MS) return 'likely';
  const newest = await newestOf(log);
  if (newest === undefined) return 'proven';
  if (isAfter(newest, cursor)) return 'more';
  const prefix = prefixOf(cursor);
  if (prefix !== undefined && prefixOf(newest) !== undefined && prefixOf(newest) !== prefix) {
    throw new LogReadError(
      'auth0.position',
      `the log's ids begin with ${prefixOf(newest)}, but the cursor with ${prefix}: it is no position in this log, and nothing would ever be read after it`,
    );
  }
  return 'proven';
}
