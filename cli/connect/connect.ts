import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import type { Connection } from './connection.ts';

/**
 * Runs `work` on a connection, and closes it whatever happens. AWS's clients are loaded only for a
 * deployed stack, as they are slow to load.
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

/** Names the profile in an error of the SDK, which does not say which one had no credentials. */
function withProfile(error: unknown, profile: string | undefined): unknown {
  if (profile === undefined || !(error instanceof Error) || error.name !== 'CredentialsProviderError')
    return error;
  return new CliError(
    `the profile "${profile}" gives no AWS credentials: \`aws configure list-profiles\` shows those that there are, and \`aws sso login --profile ${profile}\` signs in`,
  );
}
