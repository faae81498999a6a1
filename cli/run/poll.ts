import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';

export async function run(context: Context): Promise<ExitCode> {
  return await withConnection(context, async ({ runPoller, place }) => {
    context.terminal.progress(`polling for ${place} …`);
    const { failure } = await runPoller();
    answer(context, { failure: failure ?? null }, [
      failure === undefined ? 'The poll has ended well.' : `The poll failed: ${failure}`,
    ]);
    return failure === undefined ? 0 : 1;
  });
}
