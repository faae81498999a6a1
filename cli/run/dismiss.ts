import * as z from 'zod/mini';
import { dismiss } from '../../lambdas/shared/operations/dismiss.ts';
import { dismissUnreadable, unreadableEvents } from '../../lambdas/shared/operations/dismiss-unreadable.ts';
import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { interruptible } from '../interrupt.ts';
import { agreeOnLetters } from './agree-on-letters.ts';
import { choiceOf, choiceOptions } from './choice.ts';
import { type DismissalNote, dismissalNote, reasonTextOf } from './dismissal-note.ts';

const dismissOptions = z.extend(choiceOptions, {
  unreadable: z.optional(z.boolean()),
  reasonText: z.optional(z.string()),
});

export async function run(context: Context, args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = dismissOptions.parse(given);
  const reasonText = reasonTextOf(options.reasonText);
  const { terminal, now } = context;
  if (options.unreadable === true) {
    const { all, resource, reason, since, dryRun } = options;
    if (args.length > 0 || [all, resource, reason, since].some((one) => one !== undefined))
      throw new CliError('--unreadable means all of them: it takes no log_ids and no filters', 2);
    return await withConnection(context, (connection) =>
      giveUpUnreadable(context, connection, dryRun, dismissalNote(connection, terminal, reasonText)),
    );
  }
  const choice = choiceOf(args, options, now());
  return await withConnection(context, async (connection) => {
    const { operations, place } = connection;
    const list = await listDeadLetters(operations, choice);
    const proposal = {
      logIds: args,
      dryRun: options.dryRun,
      nothing: { dismissed: 0 },
      question: (letters: string) =>
        `Give up ${letters} of ${place}: the webhook never gets them, and the checkpoint passes them.`,
    };
    if (!(await agreeOnLetters(context, list, proposal))) return 0;
    const logIds: string[] = [];
    const note = dismissalNote(connection, terminal, reasonText).ofLetters;
    const result = await interruptible(terminal, (signal) =>
      // What came while the question stood there was shown to nobody.
      dismiss({ ...operations, signal, note }, { ...choice, until: list.asOf }, (done, logId) => {
        logIds.push(logId ?? '');
        terminal.progress(`${done} dismissed`);
      }),
    );
    const why = reasonText === undefined ? {} : { reasonText };
    answer(context, { ...result, ...why, logIds }, [
      `${result.isInterrupted ? 'Interrupted: ' : ''}${result.dismissed} events were given up${reasonText === undefined ? '' : ` (${reasonText})`}; ${result.left} dead letters are left.`,
      ...(result.isInterrupted ? ['The same command goes on where it stopped.'] : []),
      'To send them after all while Auth0 keeps them: auth0-webhooks events resend LOG_ID...',
    ]);
    return result.notFound.length > 0 || result.isInterrupted ? 1 : 0;
  });
}

async function giveUpUnreadable(
  context: Context,
  { operations, place }: Connection,
  dryRun: boolean | undefined,
  note: DismissalNote,
): Promise<ExitCode> {
  let count = 0;
  for await (const { from, to, ordinals } of unreadableEvents(operations.ledger)) {
    count += ordinals.length;
    context.terminal.note(`${ordinals.length} events between ${from} and ${to}`);
  }
  if (count === 0 || dryRun === true) {
    answer(context, { unreadable: count, dismissed: 0 }, [`${count} events are unreadable.`]);
    return 0;
  }
  const what = `Give up these ${count} events of ${place}, which Auth0 no longer keeps. Try \`auth0-webhooks rewind\` first: what Auth0 still has is then read again.`;
  if (!(await confirm(context, what))) return 0;
  context.terminal.progress('counting what waits, twice, a minute apart');
  const { dismissed } = await dismissUnreadable({ ...operations, note: note.ofUnreadable }, {}, (done) =>
    context.terminal.progress(`${done} dismissed`),
  );
  answer(context, { unreadable: count, dismissed }, [`${dismissed} events were given up.`]);
  return 0;
}
