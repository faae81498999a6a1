import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import type { Connection } from './connection.ts';

/**
 * Connects, works, and closes whatever happens. AWS's clients are imported only where a stack is
 * meant.
 */
export async function withConnection(
  { global }: Pick<Context, 'global'>,
  work: (connection: Connection) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (global.data !== undefined && global.local !== true)
    throw new CliError('--data is the data of a run on this machine: give --local with it', 2);
  const connection = await connect(global);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

async function connect(global: Context['global']): Promise<Connection> {
  if (global.local === true) return (await import('./local.ts')).connectToRun(global);
  return (await import('./aws.ts')).connectToStack(global);
}
