import * as z from 'zod/mini';
import { withConnection } from '../connect/connect.ts';
import type { Connection, LoggedLine } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { onInterrupt } from '../interrupt.ts';
import { describeLine, isFailure } from './describe-line.ts';
import { type Span, spanOf } from './span.ts';

const logsOptions = z.object({
  since: z.string(),
  until: z.optional(z.string()),
  follow: z.optional(z.boolean()),
  failed: z.optional(z.boolean()),
  resource: z.optional(z.string()),
});
type LogsOptions = z.infer<typeof logsOptions>;

/** The live tail may repeat lines that were printed within so much time. */
const OVERLAP_MS = 2 * 60_000;

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const options = logsOptions.parse(given);
  const span = spanOf(options, context.now());
  const show = shower(context, options);
  return await withConnection(context, async (connection) => {
    if (options.follow === true) return await follow(connection, span, options, show);
    context.terminal.progress('reading the logs …');
    let shown = 0;
    for await (const line of past(connection, span, options)) {
      if (show(line)) shown++;
      await context.terminal.drained();
      if (context.terminal.isClosed()) break;
    }
    if (shown === 0) context.terminal.note('No such line in that time.');
    return 0;
  });
}

/** Makes a function that prints a line if the options ask for it. */
function shower({ terminal, global }: Context, { failed, resource }: LogsOptions) {
  return (line: LoggedLine): boolean => {
    if (failed === true && !isFailure(line)) return false;
    if (resource !== undefined && line.line.resource !== resource) return false;
    // It holds what the attempts before it measured, for CloudWatch.
    if (global.json !== true && line.line.event === 'delivery.measured') return false;
    terminal.print(global.json === true ? JSON.stringify(line.line) : describeLine(line, terminal));
    return true;
  };
}

/**
 * Follows the log. It begins the live tail before it reads the past, so that no line falls between
 * the two.
 */
async function follow(
  connection: Connection,
  span: Span,
  options: LogsOptions,
  show: (line: LoggedLine) => boolean,
): Promise<ExitCode> {
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  try {
    const live = connection.follow(stop.signal);
    let next = live.next();
    next.catch(() => {}); // told below
    const shown = new Set<string>();
    for await (const line of past(connection, span, options)) {
      if (stop.signal.aborted) return 0;
      show(line);
      if (line.at > span.until - OVERLAP_MS) shown.add(JSON.stringify(line.line));
    }
    for (let { done, value } = await next; !done; { done, value } = await next) {
      if (!shown.delete(JSON.stringify(value.line))) show(value);
      next = live.next();
    }
    return 0;
  } finally {
    forget();
  }
}

function past(connection: Connection, { since, until }: Span, { resource }: LogsOptions) {
  return connection.lines({ from: ['poller', 'deliverer'], since, until, events: [], resource });
}
