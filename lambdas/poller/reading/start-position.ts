import { textField } from '../../shared/log-event.ts';
import { positionAt, positionBefore, prefixOf, timeOf } from '../../shared/log-position.ts';
import type { StartFrom } from '../../shared/settings/start-from.ts';
import type { LogClient } from './log-client.ts';
import { LogReadError } from './log-read-error.ts';
import { isFuture, newestOf, positionsOf } from './positions.ts';

/**
 * The position before everything. It is used for a log that was empty when it was first looked at,
 * as everything in it is new.
 */
export const BEGINNING = '';

/**
 * How far before the oldest date the log is taken to begin. Entries are ingested after they happen,
 * and clocks differ; an hour before comes before every id.
 */
export const MARGIN_MS = 3_600_000;
/**
 * How far in the future START_FROM may be. A few minutes are two clocks; more is a likely mistake
 * of time zone.
 */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Finds where the first poll begins. Dates and ids are not in the same order, so no position is
 * taken from the first entry of a page that is sorted by date. Every known reader does so, and
 * loses its first events (docs/log-api.md).
 */
export async function startPosition(startFrom: StartFrom, log: LogClient): Promise<string> {
  switch (startFrom.kind) {
    case 'earliest':
      return (await beginningOf(log)) ?? BEGINNING;
    case 'latest':
      return (await newestOf(log)) ?? BEGINNING;
    case 'time': {
      const page = await log.search('newest');
      const { readAt } = page;
      if (startFrom.time > readAt + CLOCK_TOLERANCE_MS) throw senseless('lies in the future');
      const [known] = positionsOf(page);
      if (known === undefined) return BEGINNING; // an empty log holds nothing before the time either
      const prefix = prefixOf(known);
      if (prefix === undefined)
        throw senseless("cannot be a time, as this tenant's ids tell none: give a log_id");
      return positionAt(startFrom.time, prefix);
    }
    case 'log_id': {
      const page = await log.search('newest');
      if (timeOf(startFrom.logId) === undefined || isFuture(startFrom.logId, page.readAt))
        throw senseless('is a log_id that no log can hold yet');
      const [known] = positionsOf(page);
      if (known !== undefined && prefixOf(known) !== prefixOf(startFrom.logId)) {
        throw senseless("is a log_id of another tenant: this one's begin differently");
      }
      return startFrom.logId;
    }
  }
}

/** The position before everything that the log still has; undefined while the log is empty. */
export async function beginningOf(log: LogClient): Promise<string | undefined> {
  const page = await log.search('oldest');
  const known = positionsOf(page).toSorted();
  const [lowest] = known;
  if (lowest === undefined) return undefined;
  const prefix = prefixOf(lowest);
  const dates = page.entries
    .map((entry) => Date.parse(textField(entry, 'date') ?? ''))
    .filter((date) => date >= MARGIN_MS); // Auth0 is younger than 1970: an odd entry
  const oldest = Math.min(...dates, timeOf(lowest) ?? Number.POSITIVE_INFINITY);
  if (prefix === undefined || !Number.isFinite(oldest)) return positionBefore(lowest);
  return positionAt(oldest - MARGIN_MS, prefix);
}

function senseless(why: string): LogReadError {
  return new LogReadError('auth0.position', `START_FROM ${why}`);
}
