import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { type Accounted, account } from '../reading/account.ts';
import { FATES, type Fate } from '../reading/judge.ts';
import { openLog } from '../reading/open-log.ts';
import { table } from '../terminal/table.ts';
import { spanOf } from './span.ts';

const verifyOptions = z.object({ since: z.optional(z.string()), until: z.optional(z.string()) });

/** Events younger than this may still be settling, waiting for a poll, or on their way. */
const ON_THE_WAY_MS = 120_000;
const SHOWN = 100;

const WORDS: Readonly<Record<Fate, string>> = {
  delivered: 'delivered',
  waiting: 'waiting',
  dead: 'dead-lettered',
  dismissed: 'dismissed',
  excluded: 'excluded by an earlier filter, or from before reading began',
  missing: 'MISSING',
};

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = verifyOptions.parse(given);
  const now = context.now();
  const { since, until } = spanOf(options, now);
  const end = options.until === undefined ? Math.max(since, until - ON_THE_WAY_MS) : until;
  const { terminal } = context;
  return await withConnection(context, async (connection) => {
    const log = await openLog(connection);
    const counts = new Map<Fate, number>(FATES.map((fate) => [fate, 0]));
    const missing: Accounted[] = [];
    let events = 0;
    const period = { since, until: end, now: context.now };
    const onAccounted = (read: number, lines: number) =>
      terminal.progress(`${read} events of the log, ${lines} attempts read`);
    for await (const accounted of account(connection, log, period, onAccounted)) {
      counts.set(accounted.fate, (counts.get(accounted.fate) ?? 0) + 1);
      if (accounted.fate === 'missing') missing.push(accounted);
      events++;
    }
    const span = `${new Date(since).toISOString()} to ${new Date(end).toISOString()}`;
    answer(context, { since, until: end, events, ...Object.fromEntries(counts), missingEvents: missing }, [
      `${events} matching events from ${span}:`,
      ...[...counts].map(([fate, count]) => `  ${String(count).padStart(7)}  ${WORDS[fate]}`),
      ...(missing.length === 0
        ? [terminal.style('good', '✓ nothing is missing')]
        : [
            terminal.style('bad', `✗ ${missing.length} events are missing:`),
            ...table(
              ['LOG_ID', 'RESOURCE'],
              missing.slice(0, SHOWN).map(({ logId, resource }) => [logId, resource]),
            ),
            ...(missing.length > SHOWN ? [`and ${missing.length - SHOWN} more (--json has them all)`] : []),
            'Send them now: auth0-webhooks events resend LOG_ID...',
          ]),
    ]);
    return missing.length > 0 ? 1 : 0;
  });
}
