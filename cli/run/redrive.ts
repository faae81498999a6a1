import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { redrive } from '../../lambdas/shared/operations/redrive.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { choiceOf, choiceOptions } from './choice.ts';
import { byReason, deadLetterRows } from './dead-letter-rows.ts';

const SHOWN = 20;

export async function run(context: Context, args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = choiceOptions.parse(given);
  const choice = choiceOf(args, options);
  const { terminal, now } = context;
  return await withConnection(context, async ({ operations, place }) => {
    const { letters, total } = await listDeadLetters(operations, choice);
    if (options.dryRun === true || letters.length === 0) {
      const words = [`${letters.length} of ${total} dead letters match.`, ...deadLetterRows(letters, now())];
      answer(context, { matching: letters, moved: 0 }, letters.length === 0 ? words.slice(0, 1) : words);
      return 0;
    }
    for (const row of deadLetterRows(letters.slice(0, SHOWN), now())) terminal.note(row);
    const what = `Move these ${letters.length} dead letters (${byReason(letters)}) of ${place} back to the queue, to be delivered again.`;
    if (!(await confirm(context, what))) return 0;
    const result = await redrive(operations, choice, (done) => terminal.progress(`${done} moved`));
    answer(context, result, [
      `${result.moved} moved back to the queue; ${result.left} dead letters are left.`,
      ...(result.notFound.length > 0 ? [`Not found: ${result.notFound.join(', ')}`] : []),
      'What fails again comes back to the dead-letter queue when its retry window is over: auth0-webhooks events list --failing',
    ]);
    return result.notFound.length > 0 ? 1 : 0;
  });
}
