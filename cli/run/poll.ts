import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import { allOf, numberOf, parseLogged, textOf } from '../connect/logged-line.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';

const ENDS = ['poll.completed', 'poll.failed', 'settings.invalid', 'settings.missing'];

export async function run(context: Context): Promise<ExitCode> {
  return await withConnection(context, async (connection) => {
    context.terminal.progress(`polling for ${connection.place} …`);
    const since = context.now();
    const { failure, printed } = await connection.runPoller();
    const end = failure === undefined ? await endOf(connection, printed, since, context.now()) : undefined;
    const isWell = failure === undefined && !textOf(end ?? NOTHING, 'event').startsWith('settings.');
    const { read, matched, stoppedBy } = end?.line ?? {};
    answer(context, { failure: failure ?? null, read, matched, stoppedBy }, [wordsOf(failure, end)]);
    return isWell ? 0 : 1;
  });
}

const NOTHING: Pick<LoggedLine, 'line'> = { line: {} };

/** Finds the poll's own line: in Lambda's answer, or in the run's file on this machine. */
async function endOf(
  { isLocal, lines, linesLateMs }: Connection,
  printed: readonly string[],
  since: number,
  until: number,
): Promise<LoggedLine | undefined> {
  const parsed = printed.flatMap((text) => parseLogged('poller', text, until) ?? []);
  const end = parsed.findLast((line) => ENDS.includes(textOf(line, 'event')));
  if (end || !isLocal) return end;
  await sleep(linesLateMs);
  return (await allOf(lines({ from: ['poller'], since, until, events: ENDS }))).at(-1);
}

function wordsOf(failure: string | undefined, end: LoggedLine | undefined): string {
  if (failure !== undefined) return `The poll failed: ${failure}`;
  if (!end) return 'The poll has ended well.';
  if (textOf(end, 'event').startsWith('settings.'))
    return "The poll read nothing: the settings for reading Auth0's log are wrong (auth0-webhooks settings check).";
  if (textOf(end, 'stoppedBy') === 'paused')
    return 'The poll read nothing: polls are paused (auth0-webhooks resume polls).';
  const stopped = textOf(end, 'stoppedBy');
  const more =
    stopped === 'caught-up' ? '' : `; it was stopped by ${stopped}, and the next poll goes on there`;
  return `The poll has ended well: ${numberOf(end, 'read') ?? 0} log events read, ${numberOf(end, 'matched') ?? 0} matched${more}.`;
}
