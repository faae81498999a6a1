import { timeOf } from '../../lambdas/shared/log-position.ts';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import { total } from '../../lambdas/shared/queue/count.ts';
import type { Connection } from '../connect/connection.ts';
import { problemsOf } from './problems.ts';
import { readEndpoint } from './read-endpoint.ts';
import type { Status } from './status.ts';

/** Lines older than this are not looked for: one screen in ten seconds. */
const LOOKS_BACK_MS = 3_600_000;

const POLLS = ['poll.completed', 'poll.failed', 'settings.invalid', 'settings.missing'];

export async function readStatus(connection: Connection, now: number): Promise<Status> {
  const { operations, place } = connection;
  const query = { since: now - LOOKS_BACK_MS, until: now };
  const [stands, polls, attempts, alarms, endpoint] = await Promise.all([
    standing(operations),
    connection.lines({ ...query, from: ['poller'], events: POLLS }),
    connection.lines({ ...query, from: ['deliverer'], events: ['delivery.attempted'] }),
    connection.firingAlarms(),
    readEndpoint(connection, now),
  ]);
  const { letters } = stands.deadLettered > 0 ? await listDeadLetters(operations) : { letters: [] };
  const waits = stands.pending > 0 || total(stands.queued) > 0;
  const lastAttempt = attempts.at(-1);
  const facts = {
    place,
    standing: stands,
    lagSeconds: waits && stands.oldestAt !== undefined ? Math.max(0, (now - stands.oldestAt) / 1_000) : 0,
    cursorAt: stands.cursor === undefined ? undefined : timeOf(stands.cursor),
    deadLetters: letters,
    lastPoll: polls.at(-1),
    lastDelivery: attempts.findLast(({ line }) => line.outcome === 'delivered'),
    lastFailure: lastAttempt && lastAttempt.line.outcome !== 'delivered' ? lastAttempt : undefined,
    endpoint,
    alarms,
  };
  return { ...facts, problems: problemsOf(facts, now) };
}
