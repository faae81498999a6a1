import * as z from 'zod/mini';
import { rewind, undoRewind } from '../../lambdas/shared/operations/rewind.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { openLog } from '../reading/open-log.ts';

const rewindOptions = z.object({
  to: z.optional(z.string()),
  undo: z.optional(z.boolean()),
  dryRun: z.optional(z.boolean()),
});

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { to, undo, dryRun } = rewindOptions.parse(given);
  if ((to === undefined) === (undo !== true)) throw new CliError('give either --to POSITION or --undo', 2);
  return await withConnection(context, (connection) =>
    to === undefined ? takeBack(context, connection) : goBack(context, connection, to, dryRun === true),
  );
}

async function goBack(
  context: Context,
  connection: Connection,
  to: string,
  dryRun: boolean,
): Promise<ExitCode> {
  const { terminal } = context;
  const log = await openLog(connection);
  const count = async (after: string, until: string) => {
    let events = 0;
    for await (const page of log.range(after, until)) {
      events += page.length;
      terminal.progress(`${events} events counted`);
    }
    return events;
  };
  const { tenant } = log.settings.connection;
  const plan = await rewind(connection.operations, { to, tenant, dryRun: true, count });
  const what = `Read the log of ${connection.place} again from ${plan.to} (now at ${plan.from}): ${plan.events ?? 0} events are sent again, under the same webhook-ids.`;
  if (dryRun) {
    answer(context, plan, [what]);
    return 0;
  }
  if (!(await confirm(context, what))) return 0;
  // As shown: how long ago that is has changed by the time of the answer.
  const done = await rewind(connection.operations, { to: plan.to, tenant });
  answer(context, { ...done, events: plan.events }, [
    `The next poll reads on from ${done.to}.`,
    'To take it back before that poll: auth0-webhooks rewind --undo',
  ]);
  return 0;
}

async function takeBack(context: Context, { operations }: Connection): Promise<ExitCode> {
  const { to } = await undoRewind(operations);
  answer(context, { cursor: to }, [`The cursor is at ${to} again; nothing was read in between.`]);
  return 0;
}
