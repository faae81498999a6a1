import * as z from 'zod/mini';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import { parseTime } from '../../lambdas/shared/operations/times.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { undelivered } from '../reading/undelivered.ts';
import { table } from '../terminal/table.ts';
import { moment } from '../terminal/times.ts';
import { deadLetterRows, repeatedLines } from './dead-letter-rows.ts';

const listOptions = z.object({
  dead: z.optional(z.boolean()),
  failing: z.optional(z.boolean()),
  waiting: z.optional(z.boolean()),
  resource: z.optional(z.string()),
  since: z.optional(z.string()),
  limit: z.string(),
});
type ListOptions = z.infer<typeof listOptions>;

/** How many dead letters are looked at, unless the person asks for more. */
const USUAL_LOOK = 500;

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = listOptions.parse(given);
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new CliError(`--limit is "${options.limit}": give a whole number from 1 to 10000`, 2);
  const chosen = [options.dead, options.failing, options.waiting].filter((one) => one === true).length;
  if (chosen > 1) throw new CliError('give one of --dead, --failing and --waiting', 2);
  return await withConnection(context, async (connection) => {
    if (options.dead === true) await listDead(context, connection, options, limit);
    else await listOpen(context, connection, options, limit);
    return 0;
  });
}

async function listDead(
  context: Context,
  { operations }: Connection,
  { resource, since }: ListOptions,
  limit: number,
): Promise<void> {
  const { letters, total, seen } = await listDeadLetters(
    operations,
    { resource, since },
    Math.max(limit, USUAL_LOOK),
  );
  const shown = letters.slice(0, limit);
  answer(context, { total, events: shown }, [
    ...(shown.length > 0 ? deadLetterRows(shown, context.now()) : []),
    ...repeatedLines(shown),
    `${letters.length} match of ${total} dead letters${seen < total ? ` (${seen} were looked at: the others lie behind them)` : ''}${shown.length < letters.length ? `; the first ${limit} are shown (--limit)` : ''}.`,
  ]);
}

async function listOpen(context: Context, connection: Connection, options: ListOptions, limit: number) {
  const since = options.since === undefined ? 0 : parseTime('--since', options.since, context.now());
  const { letters } = await listDeadLetters(connection.operations);
  const { pending, isExact } = await standing(connection.operations);
  const { events, isComplete } = await undelivered(connection, {
    dead: new Set(letters.map(({ logId }) => logId)),
    limit,
    progress: (count) => context.terminal.progress(`${count} events found`),
    accept: ({ kind, resource, at }) =>
      (options.failing !== true || kind === 'failing') &&
      (options.waiting !== true || kind === 'waiting') &&
      (options.resource === undefined || resource === options.resource) &&
      at >= since,
  });
  const rows = events.map(({ logId, resource, kind, attempts, at }) => [
    logId,
    resource,
    kind,
    String(attempts),
    moment(at, context.now()),
  ]);
  answer(context, { total: pending, isExact, events, isComplete }, [
    ...(rows.length > 0 ? table(['LOG_ID', 'RESOURCE', 'STATE', 'ATTEMPTS', 'HAPPENED'], rows) : []),
    `${events.length}${isComplete ? '' : ' and more'} events match of ${isExact ? '' : 'about '}${pending} undelivered ones${isComplete ? '' : `; the first ${limit} are shown (--limit)`}.`,
  ]);
}
