import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Connection } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { readStatus } from '../status/read-status.ts';
import { statusLines } from '../status/status-lines.ts';

const statusOptions = z.object({ watch: z.optional(z.boolean()) });

const WATCH_MS = 5_000;

export async function run(context: Context, _args: readonly string[], given: unknown): Promise<ExitCode> {
  const { watch } = statusOptions.parse(given);
  return await withConnection(context, async (connection) => {
    if (watch !== true) return await show(context, connection);
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    let code: ExitCode = 0;
    while (!stop.signal.aborted) {
      code = await show(context, connection, true);
      await sleep(WATCH_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
    return code;
  });
}

async function show(context: Context, connection: Connection, clears = false): Promise<ExitCode> {
  const status = await readStatus(connection, context.now());
  if (clears && context.terminal.isScreen) context.terminal.clear();
  answer(context, status, statusLines(status, context.terminal, context.now()));
  return status.problems.length > 0 ? 1 : 0;
}
