import { timeOf } from '../../lambdas/shared/log-position.ts';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import { total } from '../../lambdas/shared/queue/count.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { newestLines } from './newest-lines.ts';
import { problemsOf } from './problems.ts';
import { readEndpoint } from './read-endpoint.ts';
import type { Status } from './status.ts';

const POLLS = ['poll.completed', 'poll.failed', 'settings.invalid', 'settings.missing'];

export async function readStatus(connection: Connection, now: number): Promise<Status> {
  const { operations, place } = connection;
  const [stands, polls, attempts, alarms, endpoint] = await Promise.all([
    standing(operations),
    newestLines(connection, now, { from: 'poller', events: POLLS }, isCompleted),
    newestLines(connection, now, { from: 'deliverer', events: ['delivery.attempted'] }, isDelivered),
    connection.firingAlarms(),
    readEndpoint(connection, now).catch(unlessRefused),
  ]);
  const { letters } = stands.deadLettered > 0 ? await listDeadLetters(operations) : { letters: [] };
  const waits = stands.pending > 0 || total(stands.queued) > 0;
  const facts = {
    place,
    standing: stands,
    failing: await failingIn(operations),
    lagSeconds: waits && stands.oldestAt !== undefined ? Math.max(0, (now - stands.oldestAt) / 1_000) : 0,
    cursorAt: stands.cursor === undefined ? undefined : timeOf(stands.cursor),
    deadLetters: letters,
    lastPoll: polls.newest,
    lastGoodPoll: polls.newestGood,
    lastDelivery: attempts.newestGood,
    lastFailure: attempts.newest && !isDelivered(attempts.newest) ? attempts.newest : undefined,
    endpoint,
    alarms,
  };
  return { ...facts, problems: problemsOf(facts, now) };
}

function isDelivered({ line }: LoggedLine): boolean {
  return line.outcome === 'delivered';
}

function isCompleted({ line }: LoggedLine): boolean {
  return line.event === 'poll.completed';
}

/**
 * Takes a refusal of the settings as `unknown`, so that somebody without the right to read them
 * sees all the rest.
 */
function unlessRefused(error: unknown): 'unknown' {
  if (error instanceof Error && /AccessDenied/.test(error.name)) return 'unknown';
  throw error;
}

const MOST_BATCHES = 100;

async function failingIn({ ledger }: Connection['operations']): Promise<number> {
  const batches = await ledger.openBatchesAfter(undefined, MOST_BATCHES);
  return batches.reduce(
    (sum, { pending, failures }) =>
      sum + [...failures.keys()].filter((ordinal) => pending.has(ordinal)).length,
    0,
  );
}
