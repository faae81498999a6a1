import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../user-error.ts';

/** Where a run keeps its state. */
export interface DataDirectory {
  readonly root: string;
  readonly dynamodb: string;
  readonly queues: string;
  readonly secrets: string;
  /** The signing secret as Node's --env-file takes it, for a receiver of the user's own. */
  readonly receiverEnv: string;
  readonly tenant: string;
  /** Certificates that the functions trust, when they come from more than one file. */
  readonly trusted: string;
  /** Folder of the bundles where node_modules cannot be written. */
  readonly assembly: string;
  /** File that tells the command line about a run that is going on. */
  readonly run: string;
  /** File of the functions' log lines. */
  readonly lines: string;
}

/**
 * The folder of a tenant, unless the command line names one. Events of two tenants must never meet
 * in one state.
 */
export function dataPathOf(data: string | undefined, domain: string | undefined): string {
  return data ?? join('.local', domain === undefined ? 'simulated' : domain.replace(':', '_'));
}

/**
 * Takes the directory for this process until the process ends, by whatever signal.
 *
 * @throws {UserError} when another run has it, or it cannot be used
 */
export async function openDataDirectory(path: string, fresh: boolean): Promise<DataDirectory> {
  const root = resolve(path);
  const directory: DataDirectory = {
    root,
    dynamodb: join(root, 'dynamodb'),
    queues: join(root, 'queues'),
    secrets: join(root, 'secrets.json'),
    receiverEnv: join(root, 'receiver.env'),
    tenant: join(root, 'tenant'),
    trusted: join(root, 'trusted.pem'),
    assembly: join(root, 'assembly'),
    run: join(root, 'run.json'),
    lines: join(root, 'lines.log'),
  };
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    lock(join(root, 'lock'));
    if (fresh) await removeState(directory);
    await closeToOthers(directory);
    return directory;
  } catch (error) {
    throw unusable(root, error);
  }
}

/** Removes only what is ours, as --data may name a directory that holds other things. */
async function removeState({ root: _, ...ours }: DataDirectory): Promise<void> {
  for (const entry of Object.values(ours)) await rm(entry, { recursive: true, force: true });
}

/**
 * Closes the directory to others, as events hold personal data and settings hold secrets. A
 * directory that holds other things is left as it is: somebody may have named /tmp.
 */
async function closeToOthers({ root, dynamodb, queues, tenant, assembly }: DataDirectory): Promise<void> {
  for (const folder of [dynamodb, queues, tenant, assembly]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }
  const others = (await readdir(root)).filter((name) => !OURS.test(name));
  if (others.length === 0) await chmod(root, 0o700);
}

const OURS =
  /^(lock.*|dynamodb|queues|secrets\.json.*|tenant|trusted\.pem|assembly|run\.json.*|lines\.log.*)$/;

function unusable(root: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  if (reason.includes('locked'))
    return new UserError(
      `Another run is using ${root}: stop it, or give this one a directory of its own by --data.`,
    );
  return new UserError(
    `The data directory ${root} cannot be used (${reason}). Give yourself the right to write there, or name another by --data.`,
  );
}

/**
 * The lock, held until the process ends. A kill cannot leave it behind, as it could a file with a
 * process id.
 */
let held: DatabaseSync | undefined;

function lock(path: string): void {
  held?.close();
  held = new DatabaseSync(path);
  held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
}
