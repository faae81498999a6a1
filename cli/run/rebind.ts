import * as z from 'zod/mini';
import { rebind } from '../../lambdas/shared/operations/rebind.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';

const rebindOptions = z.object({ force: z.optional(z.boolean()) });

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { force = false } = rebindOptions.parse(given);
  return await withConnection(context, async ({ operations, place }) => {
    const what = force
      ? `Let ${place} go of its tenant although events of it may wait: they are delivered, but nobody keeps count of them.`
      : `Let ${place} go of its tenant: the next poll binds it to the one of AUTH0_DOMAIN and begins at START_FROM.`;
    if (!(await confirm(context, what))) return 0;
    const result = await rebind(operations, { force });
    answer(context, result, [
      `The ledger is bound to no tenant any more (it stood at ${result.cursor ?? 'no position'}). The next poll binds it.`,
      `To take it back: set AUTH0_DOMAIN to the former tenant and START_FROM to ${result.cursor ?? 'its position'} before the next poll.`,
    ]);
    return 0;
  });
}
