import * as z from 'zod/mini';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { parseTime } from '../../lambdas/shared/operations/times.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { allOf, numberOf, textOf } from '../connect/logged-line.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { openLog } from '../reading/open-log.ts';
import { describeLine } from './describe-line.ts';

const showOptions = z.object({ payload: z.optional(z.boolean()), since: z.string() });

export async function run(
  context: Context,
  [logId = '']: readonly string[],
  given: unknown,
): Promise<ExitCode> {
  const options = showOptions.parse(given);
  const since = parseTime('--since', options.since, context.now());
  return await withConnection(context, async (connection) => {
    const attempts = await allOf(
      connection.lines({
        from: ['deliverer'],
        since,
        until: context.now(),
        events: ['delivery.attempted'],
        logId,
      }),
    );
    const state = await stateOf(connection, logId, attempts);
    const payload = options.payload === true ? await payloadOf(connection, logId) : undefined;
    answer(
      context,
      {
        logId,
        state,
        attempts: attempts.map(({ line }) => line),
        ...(payload === undefined ? {} : { payload }),
      },
      [
        `${logId}: ${state}`,
        ...attempts.map((attempt) => describeLine(attempt, context.terminal)),
        ...(attempts.length === 0 ? [`No attempt since ${new Date(since).toISOString()}.`] : []),
        ...(payload === undefined ? [] : [payload]),
      ],
    );
    return 0;
  });
}

/** In words, by its last attempt and what the ledger says of its place. */
async function stateOf(
  { operations }: Connection,
  logId: string,
  attempts: readonly LoggedLine[],
): Promise<string> {
  const last = attempts.at(-1);
  if (last && textOf(last, 'outcome') === 'delivered') return 'delivered';
  const { letters } = await listDeadLetters(operations, { logIds: [logId] }).catch(() => ({ letters: [] }));
  if (letters.length > 0) return 'dead-lettered: redrive or dismiss it';
  if (!last) return 'no attempt is known of it: it waits, was excluded by the filter, or was never read';
  const batch = await operations.ledger.readBatch(textOf(last, 'batch'));
  const isPending = batch?.pending.has(numberOf(last, 'ordinal') ?? -1) === true;
  if (!isPending && textOf(last, 'outcome') === 'dead-lettered') return 'dismissed';
  if (!isPending) return 'settled';
  const next = textOf(last, 'nextAttemptAt');
  return next === '' ? 'waits for its next attempt' : `failing, tried again at ${next}`;
}

async function payloadOf(connection: Connection, logId: string): Promise<string> {
  const [event] = await (await openLog(connection)).named([logId]);
  if (event) return event.body;
  throw new CliError(`Auth0's log does not have, or no longer has, ${logId}`);
}
