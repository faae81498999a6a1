import * as z from 'zod/mini';
import { type ResendArgs, resend } from '../../lambdas/shared/operations/resend.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { interruptible } from '../interrupt.ts';
import { type OpenLog, openLog } from '../reading/open-log.ts';
import { spanOf } from './span.ts';

const resendOptions = z.object({ since: z.optional(z.string()), until: z.optional(z.string()) });

export async function run(context: Context, args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = resendOptions.parse(given);
  const logIds = [...new Set(args)];
  if (logIds.length > 0 === (options.since !== undefined))
    throw new CliError('give either log_ids or --since (and --until)', 2);
  const { terminal, now } = context;
  const span = logIds.length > 0 ? undefined : spanOf(options, now());
  return await withConnection(context, async (connection) => {
    const log = await openLog(connection);
    const args: ResendArgs = span
      ? { after: await log.positionAt(span.since), until: await log.positionAt(span.until) }
      : { logIds };
    const count = 'logIds' in args ? args.logIds.length : await countIn(log, args);
    if (count === 0) {
      answer(context, { sent: 0 }, ['No event matches in that time.']);
      return 0;
    }
    const what = `Send ${count} events to the webhook of ${connection.place} again, delivered or not: under the same webhook-ids, signed with today's secret.`;
    if (!(await confirm(context, what))) return 0;
    let last = '';
    const result = await interruptible(terminal, (signal) =>
      resend(
        {
          events: connection.events,
          ledger: connection.operations.ledger,
          tenant: log.settings.connection.tenant,
          readEvents: log.named,
          readRange: log.range,
          randomId: connection.operations.randomId,
          signal,
        },
        args,
        (done, logId) => {
          last = logId ?? last;
          terminal.progress(`${done} sent`);
        },
      ),
    );
    answer(context, result, [
      `${result.isInterrupted ? `Interrupted after ${last}: ` : ''}${result.sent} events are on the queue. Their attempts: auth0-webhooks logs --since 5m`,
    ]);
    return result.isInterrupted ? 1 : 0;
  });
}

async function countIn(log: OpenLog, { after, until }: { after: string; until: string }): Promise<number> {
  let count = 0;
  for await (const page of log.range(after, until)) count += page.length;
  return count;
}
