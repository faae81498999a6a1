import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

const file = z.record(
  z.string(),
  z.object({ value: z.string(), versionId: z.string(), createdAt: z.number() }),
);

export type StoredSecrets = z.infer<typeof file>;

/** Reads what is stored, by the secrets' names; nothing when there is no file yet. */
export async function readSecrets(path: string): Promise<StoredSecrets> {
  try {
    return file.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    // The cause is left out, as a parser's message may quote the text at which it stumbled.
    throw new Error('not a settings file of local mode');
  }
}

/**
 * Replaces the file in one step, readable by its owner only. A run that is killed here leaves the
 * old one whole.
 */
export async function writeSecrets(path: string, secrets: StoredSecrets): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.tmp`;
  await writeFile(next, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(next, path);
}
