import { resume } from '../../lambdas/shared/operations/pause.ts';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';

export async function run(context: Context, [what = '']: readonly string[]): Promise<ExitCode> {
  return await withConnection(context, async ({ operations }) => {
    const pauses = await resume(operations, { what });
    answer(context, pauses, [`${what} go on.`]);
    return 0;
  });
}
