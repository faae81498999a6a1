import * as z from 'zod/mini';
import { withConnection } from '../connect/connect.ts';
import type { LoggedLine } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { describeLine, isFailure } from './describe-line.ts';
import { spanOf } from './span.ts';

const logsOptions = z.object({
  since: z.string(),
  until: z.optional(z.string()),
  follow: z.optional(z.boolean()),
  failed: z.optional(z.boolean()),
  resource: z.optional(z.string()),
});

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { follow, failed, resource, ...span } = logsOptions.parse(given);
  const { since, until } = spanOf(span, context.now());
  const { terminal, global } = context;
  const show = (line: LoggedLine) => {
    if (failed === true && !isFailure(line)) return;
    if (resource !== undefined && line.line.resource !== resource) return;
    terminal.print(global.json === true ? JSON.stringify(line.line) : describeLine(line, terminal));
  };
  return await withConnection(context, async (connection) => {
    terminal.progress('reading the logs …');
    const past = await connection.lines({
      from: ['poller', 'deliverer'],
      since,
      until,
      events: [],
      resource,
    });
    past.forEach(show);
    if (past.length === 0 && follow !== true) terminal.note('No line in that time.');
    if (follow !== true) return 0;
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    for await (const line of connection.follow(stop.signal)) show(line);
    return 0;
  });
}
