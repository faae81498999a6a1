import * as z from 'zod/mini';
import { rebind } from '../../lambdas/shared/operations/rebind.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';

const rebindOptions = z.object({ force: z.optional(z.boolean()) });

export async function run(
  context: Context,
  [tenant = '']: readonly string[],
  given: unknown,
): Promise<ExitCode> {
  const { force = false } = rebindOptions.parse(given);
  return await withConnection(context, async ({ operations, place }) => {
    const what = force
      ? `Bind ${place} to ${tenant} although events of its tenant may wait: they are delivered, but nobody keeps count of them.`
      : `Bind ${place} to ${tenant}: polls whose settings name it begin there, at START_FROM; others fail until then.`;
    if (!(await confirm(context, what))) return 0;
    const result = await rebind(operations, { tenant, force });
    answer(context, result, [
      `The ledger is bound to ${result.to}. The next poll whose AUTH0_DOMAIN says so begins at START_FROM.`,
      `To take it back: rebind ${result.from ?? 'the former tenant'}, with START_FROM set to ${result.cursor ?? 'its position'}.`,
    ]);
    return 0;
  });
}
