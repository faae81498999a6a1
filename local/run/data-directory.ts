import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../user-error.ts';

/** Where a run keeps its state. */
export interface DataDirectory {
  readonly dynamodb: string;
  readonly queues: string;
  readonly secrets: string;
  readonly tenant: string;
  /** The certificates that the functions trust, when they are more than one file's. */
  readonly trusted: string;
}

/**
 * Takes the directory for this process until it ends, by whatever signal.
 *
 * @throws {UserError} when another run has it, or it cannot be used.
 */
export async function openDataDirectory(path: string, fresh: boolean): Promise<DataDirectory> {
  const root = resolve(path);
  try {
    await mkdir(root, { recursive: true, mode: 0o700 }); // events hold personal data
    lock(join(root, 'lock'));
  } catch (error) {
    const isLocked = error instanceof Error && error.message.includes('locked');
    throw new UserError(
      isLocked
        ? `Another run is using ${root}: stop it, or give this one a directory of its own by --data.`
        : `The data directory ${root} cannot be used: ${error instanceof Error ? error.message : error}`,
    );
  }
  const directory: DataDirectory = {
    dynamodb: join(root, 'dynamodb'),
    queues: join(root, 'queues'),
    secrets: join(root, 'secrets.json'),
    tenant: join(root, 'tenant'),
    trusted: join(root, 'trusted.pem'),
  };
  // Only what is ours: --data may name a directory that holds other things too.
  if (fresh) for (const entry of Object.values(directory)) await rm(entry, { recursive: true, force: true });
  return directory;
}

/** Held until the process ends. Unlike a file with a process id it cannot be left behind by a kill. */
let held: DatabaseSync | undefined;

function lock(path: string): void {
  held?.close();
  held = new DatabaseSync(path);
  held.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
}
