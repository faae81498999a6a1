import { setTimeout as sleep } from 'node:timers/promises';
import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import { isFuture, newestOf, positionsOf } from '../../lambdas/poller/reading/positions.ts';
import { type LogEvent, logIdOf } from '../../lambdas/shared/log-event.ts';
import { CliError } from '../errors.ts';
import { patiently } from './patiently.ts';

/** A log event, and where in the log it stands. */
export interface Placed {
  readonly event: LogEvent;
  /** Its own id; for an odd entry, whose id is no position, that of the entry before it. */
  readonly position: string;
}

/** How often, and how long apart, an end is asked for that a search says is none. */
const DOUBTS = 3;
const DOUBT_MS = 1_000;

/**
 * Reads the entries after one position, up to and with another, a page at a time. An entry from the
 * future is left out until its time comes. Throws a CliError when Auth0 shows no further entries
 * although a search finds newer ones: what follows from half a log would be wrong.
 */
export async function* walkLog(
  client: LogClient,
  after: string,
  until: string,
  wait: (ms: number) => Promise<unknown> = sleep,
): AsyncGenerator<readonly Placed[]> {
  let doubts = 0;
  for (let position = after; ; ) {
    const page = await patiently(() => client.page(position));
    const end = positionsOf(page).toSorted().at(-1);
    if (end === undefined && !page.entries.every((entry) => isFuture(logIdOf(entry) ?? '', page.readAt)))
      throw nowhere(position);
    if (end !== undefined && end > position) {
      const within = placed(page, position, until);
      if (within.length > 0) yield within;
      if (end >= until) return;
      [position, doubts] = [end, 0];
      continue;
    }
    const newest = await patiently(() => newestOf(client));
    if (newest === undefined || newest <= position) return;
    if (++doubts > DOUBTS) throw leftOut(position, newest);
    await wait(DOUBT_MS); // the newest entry may have come between the two answers
  }
}

function placed(page: LogPage, after: string, until: string): readonly Placed[] {
  const positions = new Set(positionsOf(page));
  const within: Placed[] = [];
  let position = after;
  for (const event of page.entries) {
    const id = logIdOf(event);
    if (id !== undefined && positions.has(id)) {
      if (id > until) break;
      position = id;
    } else if (id !== undefined && isFuture(id, page.readAt)) continue;
    within.push({ event, position });
  }
  return within;
}

function leftOut(position: string, newest: string): CliError {
  return new CliError(
    `Auth0 shows no entry after ${position}, although its log has ${newest}: try again in a minute`,
  );
}

function nowhere(position: string): CliError {
  return new CliError(
    `no entry after ${position} has an id that is a position, so nothing can be read behind them`,
  );
}
