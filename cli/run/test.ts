import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { resend } from '../../lambdas/shared/operations/resend.ts';
import { sendTestEvent } from '../../lambdas/shared/operations/test-event.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { allOf, textOf } from '../connect/logged-line.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { openLog } from '../reading/open-log.ts';
import { describeLine } from './describe-line.ts';

const testOptions = z.object({ latest: z.optional(z.boolean()), wait: z.optional(z.boolean()) });

/** An empty queue hands out an event at once. Its log line is in CloudWatch some seconds later. */
const LONGEST_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 2_000;

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { latest = false, wait = false } = testOptions.parse(given);
  const { terminal, now } = context;
  return await withConnection(context, async (connection) => {
    const since = now();
    const logId = latest
      ? await sendLatest(connection)
      : (await sendTestEvent({ ...connection.operations, events: connection.events })).logId;
    if (!wait) {
      answer(context, { logId }, [`Sent as ${logId}. Its outcome: auth0-webhooks events show ${logId}`]);
      return 0;
    }
    const line = await outcomeOf(context, connection, logId, since);
    if (!line) throw new CliError(`no attempt of ${logId} within two minutes: see \`auth0-webhooks status\``);
    answer(context, { logId, ...line.line }, [describeLine(line, terminal)]);
    return textOf(line, 'outcome') === 'delivered' ? 0 : 1;
  });
}

async function sendLatest(connection: Connection): Promise<string> {
  const log = await openLog(connection);
  const newest = await log.newest();
  if (!newest)
    throw new CliError("none of the hundred newest entries of Auth0's log matches: leave out --latest");
  await resend(
    {
      events: connection.events,
      ledger: connection.operations.ledger,
      tenant: log.settings.connection.tenant,
      readEvents: async () => [newest],
      readRange: log.range,
      randomId: connection.operations.randomId,
    },
    { logIds: [newest.logId] },
  );
  return newest.logId;
}

async function outcomeOf(
  { terminal, now }: Context,
  connection: Connection,
  logId: string,
  since: number,
): Promise<LoggedLine | undefined> {
  for (const end = since + LONGEST_WAIT_MS; now() < end; ) {
    const query = { since: since - 1_000, until: now() + 60_000, events: ['delivery.attempted'], logId };
    const [line] = await allOf(connection.lines({ ...query, from: ['deliverer'] }));
    if (line) return line;
    terminal.progress(`waiting for the attempt of ${logId} (${Math.round((now() - since) / 1_000)} s)`);
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}
