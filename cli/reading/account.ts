import { setTimeout as sleep } from 'node:timers/promises';
import { resourceOf } from '../../lambdas/poller/events/resource.ts';
import { idOf } from '../../lambdas/shared/log-event.ts';
import { timeOf } from '../../lambdas/shared/log-position.ts';
import { CURRENT_RESOURCE_VERSION } from '../../lambdas/shared/resource-version.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { textOf } from '../connect/logged-line.ts';
import { createJudge, type Fate, type Unaccounted } from './judge.ts';
import { ATTEMPT_EVENTS, lastAttempt } from './last-attempt.ts';
import type { OpenLog } from './open-log.ts';
import { type ReadHistory, readHistory } from './read-history.ts';
import type { Placed } from './walk-log.ts';

export interface Accounted {
  readonly logId: string;
  readonly resource: string;
  readonly fate: Fate;
}

export interface Period {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly until: number;
  readonly now: () => number;
}

/** The parts of a connection that know what became of events. */
type Witness = Pick<Connection, 'lines' | 'linesLateMs' | 'operations' | 'settingsChangedAt'>;

/** Reports progress: matching events of Auth0's log, and lines of attempts, read so far. */
export type OnAccounted = (events: number, lines: number) => void;

/** How far Lambda's clock and Auth0's may differ, with room to spare. */
const CLOCKS_MS = 5 * 60_000;

/**
 * Says of each matching event of a period what became of it. It knows that from the lines of the
 * event's attempts, the ledger's open batches, the dead-letter queue, and the filter of the polls
 * that read the event. An event that none of these explains is missing.
 * The log and the lines are walked side by side in order of time. Memory then holds only the events
 * that were not delivered by then.
 */
export async function* account(
  connection: Witness,
  log: Pick<OpenLog, 'matching' | 'positionAt'>,
  { since, until, now }: Period,
  onAccounted: OnAccounted = () => {},
): AsyncGenerator<Accounted> {
  const unaccounted = new Map<string, Unaccounted>();
  const isExcluded = await exclusion(connection, since, now());
  const lines = attemptsIn(connection, since, now());
  let line = await lines.next();
  let [events, read] = [0, 0];
  const accountUntil = async function* (time: number): AsyncGenerator<Accounted> {
    for (; !line.done && line.value.at <= time; line = await lines.next()) {
      read++;
      const accounted = accountBy(unaccounted, line.value);
      if (accounted) yield accounted;
      if (read % PROGRESS === 0) onAccounted(events, read);
    }
  };
  for await (const page of log.matching(await log.positionAt(since), await log.positionAt(until))) {
    for (const placed of page) {
      const { event, position } = placed;
      unaccounted.set(idOf(event), {
        position,
        resource: resourceOf(event, CURRENT_RESOURCE_VERSION),
        isExcluded: isExcluded(placed),
        last: undefined,
      });
    }
    events += page.length;
    onAccounted(events, read);
    const readTo = timeOf(page.at(-1)?.position ?? '');
    if (readTo !== undefined) yield* accountUntil(readTo - CLOCKS_MS);
  }
  yield* accountUntil(Number.POSITIVE_INFINITY);
  yield* judged(connection, unaccounted, since, now);
}

const PROGRESS = 1_000;

/** A line that says "delivered" accounts for its event, whatever was sent again later. */
function accountBy(unaccounted: Map<string, Unaccounted>, line: LoggedLine): Accounted | undefined {
  const logId = textOf(line, 'logId');
  const event = unaccounted.get(logId);
  if (!event) return undefined;
  const attempt = lastAttempt(line);
  if (attempt?.outcome !== 'delivered') {
    event.last = attempt ?? event.last;
    return undefined;
  }
  unaccounted.delete(logId);
  return { logId, resource: event.resource, fate: 'delivered' };
}

/**
 * Accounts for the events of which no line tells. One that would be missing is looked for a second
 * time: it may have been delivered meanwhile, and lines are late.
 */
async function* judged(
  connection: Witness,
  unaccounted: Map<string, Unaccounted>,
  since: number,
  now: () => number,
): AsyncGenerator<Accounted> {
  if (unaccounted.size === 0) return;
  const unexplained = new Map<string, Unaccounted>();
  const judge = await createJudge(connection);
  for (const [logId, event] of unaccounted) {
    const fate = await judge(logId, event);
    if (fate === 'missing') unexplained.set(logId, event);
    else yield { logId, resource: event.resource, fate };
  }
  if (unexplained.size === 0) return;
  await sleep(connection.linesLateMs);
  for await (const line of attemptsIn(connection, since, now())) {
    const accounted = accountBy(unexplained, line);
    if (accounted) yield accounted;
  }
  const again = await createJudge(connection);
  for (const [logId, event] of unexplained)
    yield { logId, resource: event.resource, fate: await again(logId, event) };
}

function attemptsIn(
  { lines }: Pick<Witness, 'lines'>,
  since: number,
  until: number,
): AsyncGenerator<LoggedLine> {
  return lines({ from: ['deliverer'], since: since - CLOCKS_MS, until, events: ATTEMPT_EVENTS });
}

/**
 * Tells whether a filter left an event out. The polls' lines have the filter by which they read.
 * Where those lines are gone, the event may have been left out if the settings changed after it.
 */
async function exclusion(
  connection: Witness,
  since: number,
  until: number,
): Promise<(placed: Placed) => boolean> {
  const [history, changedAt]: readonly [ReadHistory, number | undefined] = await Promise.all([
    readHistory(connection, since - CLOCKS_MS, until),
    connection.settingsChangedAt(),
  ]);
  return (placed) =>
    history.wasExcluded(placed) ??
    (changedAt !== undefined && changedAt > (timeOf(placed.position) ?? Number.POSITIVE_INFINITY));
}
