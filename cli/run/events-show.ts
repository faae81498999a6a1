import * as z from 'zod/mini';
import { positionBefore } from '../../lambdas/shared/log-position.ts';
import { parseTime } from '../../lambdas/shared/operations/times.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection } from '../connect/connection.ts';
import { allOf } from '../connect/logged-line.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { walkOpenBatches } from '../reading/open-batches.ts';
import { openLog } from '../reading/open-log.ts';
import { statesOf } from '../reading/states-of.ts';
import { describeLine } from './describe-line.ts';

const showOptions = z.object({ payload: z.optional(z.boolean()), since: z.string() });

export async function run(
  context: Context,
  [logId = '']: readonly string[],
  given: unknown,
): Promise<ExitCode> {
  const options = showOptions.parse(given);
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(logId))
    throw new CliError(`"${logId}" is no log_id: those are 56 digits, as in the header webhook-id`, 2);
  const since = parseTime('--since', options.since, context.now());
  return await withConnection(context, async (connection) => {
    const lines = await allOf(
      connection.lines({
        from: ['deliverer'],
        since,
        until: context.now(),
        events: ['delivery.attempted', 'event.dismissed'],
        logId,
      }),
    );
    const states = await statesOf(connection, logId, lines);
    const state = states.length === 0 ? await unattempted(connection, logId) : states.join('; ');
    const attempts = lines.filter(({ line }) => line.event === 'delivery.attempted');
    const [dismissed] = lines.filter(({ line }) => line.event === 'event.dismissed').slice(-1);
    const payload = options.payload === true ? await payloadOf(connection, logId) : undefined;
    answer(
      context,
      {
        logId,
        state,
        attempts: attempts.map(({ line }) => line),
        ...(dismissed ? { dismissed: dismissed.line } : {}),
        ...(payload === undefined ? {} : { payload }),
      },
      [
        `${logId}: ${state}`,
        ...(states.length > 1 ? ['It was read more than once, as after a rewind.'] : []),
        ...lines.map((line) => describeLine(line, context.terminal)),
        ...(attempts.length === 0 ? [`No attempt since ${new Date(since).toISOString()}.`] : []),
        ...(payload === undefined ? [] : [payload]),
      ],
    );
    return 0;
  });
}

/**
 * Says how an event without an attempt stands, by Auth0's log and the ledger. Throws a CliError
 * when neither knows the id.
 */
async function unattempted(connection: Connection, logId: string): Promise<string> {
  const log = await openLog(connection);
  const [event] = await log.named([logId]);
  if (!event)
    throw new CliError(
      `nothing is known of ${logId}: no attempt of it, and Auth0's log does not have it, or no longer has it`,
    );
  const { ledger } = connection.operations;
  const state = await ledger.readState();
  if (state === undefined || logId > state.cursor) return 'not read yet: the next poll reads it';
  if ((await walkOpenBatches(connection.operations).around(logId)).length > 0)
    return 'waits to be delivered: nothing has been attempted yet';
  const before = positionBefore(logId) ?? '';
  for await (const matching of log.matching(before, logId))
    if (matching.length > 0) return 'no attempt is known of it since then: try an earlier --since';
  return 'excluded by the filter: auth0-webhooks settings get shows it';
}

async function payloadOf(connection: Connection, logId: string): Promise<string> {
  const [event] = await (await openLog(connection)).named([logId]);
  if (event) return event.body;
  throw new CliError(`Auth0's log does not have, or no longer has, ${logId}`);
}
