import * as z from 'zod/mini';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { openLog } from '../reading/open-log.ts';
import { spanOf } from './span.ts';

const exportOptions = z.object({ since: z.optional(z.string()), until: z.optional(z.string()) });

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { since, until } = spanOf(exportOptions.parse(given), context.now());
  const { terminal } = context;
  return await withConnection(context, async (connection) => {
    const log = await openLog(connection);
    let count = 0;
    for await (const events of log.range(await log.positionAt(since), await log.positionAt(until))) {
      for (const { body } of events) terminal.print(body);
      count += events.length;
      terminal.progress(`${count} events`);
      await terminal.drained();
      if (terminal.isClosed()) break;
    }
    terminal.note(`${count} events`);
    return 0;
  });
}
