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
  const { connectToStack } = await import('./aws.ts');
  return await connectToStack(global).catch((error: unknown) => {
    throw withProfile(error, global.profile);
  });
}

/** The SDK does not say which profile it was that gave nothing. */
function withProfile(error: unknown, profile: string | undefined): unknown {
  if (profile === undefined || !(error instanceof Error) || error.name !== 'CredentialsProviderError')
    return error;
  return new CliError(
    `the profile "${profile}" gives no AWS credentials: \`aws configure list-profiles\` shows those that there are, and \`aws sso login --profile ${profile}\` signs in`,
  );
}
