import * as z from 'zod/mini';
import { pause } from '../../lambdas/shared/operations/pause.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';

const pauseOptions = z.object({ reason: z.optional(z.string()) });

const EFFECTS: Readonly<Record<string, string>> = {
  polls:
    "Auth0's log is not read until they are resumed. Auth0 keeps it for a limited time: a day on its free plan",
  deliveries: 'the webhook gets nothing until they are resumed; events wait in the queue, up to 12 days',
};

export async function run(
  context: Context,
  [what = '']: readonly string[],
  given: unknown,
): Promise<ExitCode> {
  const { reason } = pauseOptions.parse(given);
  if (reason === undefined)
    throw new CliError("say why by --reason 'text': whoever finds it paused reads it", 2);
  return await withConnection(context, async ({ operations, place }) => {
    const effect = EFFECTS[what];
    const asked = effect === undefined || (await confirm(context, `Pause ${what} of ${place}: ${effect}.`));
    if (!asked) return 0;
    const pauses = await pause(operations, { what, reason });
    answer(context, pauses, [`${what} are paused. To go on: auth0-webhooks resume ${what}`]);
    return 0;
  });
}
