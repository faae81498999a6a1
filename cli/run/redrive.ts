import { listDeadLetters } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { redrive } from '../../lambdas/shared/operations/redrive.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { interruptible } from '../interrupt.ts';
import { agreeOnLetters } from './agree-on-letters.ts';
import { choiceOf, choiceOptions } from './choice.ts';

export async function run(context: Context, args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = choiceOptions.parse(given);
  const { terminal, now } = context;
  const choice = choiceOf(args, options, now());
  return await withConnection(context, async ({ operations, place }) => {
    const list = await listDeadLetters(operations, choice);
    const proposal = {
      logIds: args,
      dryRun: options.dryRun,
      nothing: { moved: 0 },
      question: (letters: string) => `Move ${letters} of ${place} back to the queue, to be delivered again.`,
    };
    if (!(await agreeOnLetters(context, list, proposal))) return 0;
    const result = await interruptible(terminal, (signal) =>
      redrive({ ...operations, signal }, choice, (done) => terminal.progress(`${done} moved`)),
    );
    answer(context, result, [
      `${result.isInterrupted ? 'Interrupted: ' : ''}${result.moved} moved back to the queue; ${result.left} dead letters are left.`,
      ...(result.isInterrupted ? ['The same command goes on where it stopped.'] : []),
      ...(result.notFound.length > 0 ? [`Not found: ${result.notFound.join(', ')}`] : []),
      'What fails again comes back to the dead-letter queue when its retry window is over: auth0-webhooks events list --failing',
    ]);
    return result.notFound.length > 0 || result.isInterrupted ? 1 : 0;
  });
}
