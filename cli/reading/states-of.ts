import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import type { DeadLetter } from '../../lambdas/shared/operations/dead-letters.ts';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { numberOf, textOf } from '../connect/logged-line.ts';
import { openLog } from './open-log.ts';

type Readable = Pick<Connection, 'operations' | 'readSecret'>;

const DEAD = 'dead-lettered: redrive or dismiss it';

/**
 * Where an event stands, in words: one for each of its places in the ledger, the oldest first. An
 * event that was read again, as after a rewind, has several, and each has to be delivered or
 * dismissed by itself. Empty: nothing was attempted, dead-lettered or dismissed.
 * @param lines of its attempts and dismissals, oldest first
 */
export async function statesOf(
  connection: Readable,
  logId: string,
  lines: readonly LoggedLine[],
): Promise<readonly string[]> {
  const { operations } = connection;
  const { letters, seen, total } = await listDeadLetters(operations, { logIds: [logId] });
  const places = new Map<string, { last?: LoggedLine; letter?: DeadLetter }>();
  for (const line of lines) places.set(placeOf(line), { last: line });
  for (const letter of letters) {
    const place = `${letter.batch} ${letter.ordinal}`;
    places.set(place, { ...places.get(place), letter });
  }
  const states: string[] = [];
  for (const { last, letter } of places.values()) {
    if (letter) states.push(DEAD);
    else if (last) states.push(await wordOf(connection, last, seen >= total));
  }
  const known = new Set([...places.keys()].map((place) => place.replace(/ .*/, '')));
  return known.size === 0 ? [] : [...states, ...(await waitingElsewhere(connection, logId, known))];
}

function placeOf(line: LoggedLine): string {
  return `${textOf(line, 'batch')} ${numberOf(line, 'ordinal')}`;
}

/**
 * Of a place that was not found on the dead-letter queue.
 * @param isWhole false when others lie behind the dead letters that were looked at
 */
async function wordOf({ operations }: Readable, last: LoggedLine, isWhole: boolean): Promise<string> {
  if (last.line.event === 'event.dismissed') return 'dismissed';
  const outcome = textOf(last, 'outcome');
  if (outcome === 'delivered') return 'delivered';
  const batch = await operations.ledger.readBatch(textOf(last, 'batch'));
  const isPending = batch?.pending.has(numberOf(last, 'ordinal') ?? -1) === true;
  const isTracked = last.line.tracked !== false;
  if (outcome === 'dead-lettered' && !isWhole && (isPending || !isTracked)) return DEAD;
  if (!isPending && outcome === 'dead-lettered') return 'dismissed';
  if (!isPending && isTracked) return 'delivered or dismissed';
  const next = textOf(last, 'nextAttemptAt');
  return next === '' ? 'waits for its next attempt' : `failing, tried again at ${next}`;
}

/** A batch for each page of an outage: who asks for one event does not wait for all of them. */
const MOST_BATCHES = 1_000;

/** Once for each other batch of which it is pending: nothing of it was attempted there yet. */
async function waitingElsewhere(
  connection: Readable,
  logId: string,
  known: ReadonlySet<string>,
): Promise<readonly string[]> {
  const batches = await connection.operations.ledger.openBatchesAfter(undefined, MOST_BATCHES);
  const around = batches.filter(({ id, from, to }) => from < logId && logId <= to && !known.has(id));
  if (around.length === 0) return [];
  const log = await openLog(connection);
  const holds = async ({ from, to, pending }: Batch) => {
    let ordinal = 0;
    for await (const page of log.range(from, to)) {
      const index = page.findIndex((event) => event.logId === logId);
      if (index !== -1) return pending.has(ordinal + index);
      ordinal += page.length;
    }
    return false;
  };
  const states: string[] = [];
  for (const batch of around)
    if (await holds(batch)) states.push('waits to be delivered: nothing has been attempted yet');
  return states;
}
