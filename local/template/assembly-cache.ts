import { createHash, randomUUID } from 'node:crypto';
import {
  access,
  constants,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Where bundles are kept, unless the folder belongs to somebody else. */
const CACHE = join(PROJECT, 'node_modules/.cache/auth0-management-webhooks');
/** Everything that the stack and its bundles are made of. The lock file stands for the packages. */
const SOURCES = ['infra', 'lambdas', 'cdk.json', 'package.json', 'package-lock.json', 'docs/operations.md'];
/**
 * How long an unused folder is kept. A run may use its folder as long as it runs, and nobody runs
 * local mode for a week without a restart.
 */
const UNUSED_MS = 7 * 24 * 3_600_000;
/** The file that names the stack. It is written last, so that a folder that has it is whole. */
const STACK = 'stack-name.txt';

export interface CachedAssembly {
  readonly folder: string;
  readonly stackName: string;
}

/**
 * The cache's folder: `preferred`, or `fallback` where that cannot be written because another user,
 * such as root, has run `npm ci`.
 */
export async function cacheFolder(fallback = CACHE, preferred = CACHE): Promise<string> {
  try {
    await mkdir(preferred, { recursive: true });
    await access(preferred, constants.W_OK);
    return preferred;
  } catch {
    return fallback;
  }
}

/**
 * The assembly of the sources as they are. It is taken from an earlier run that had the very same
 * sources and context. Otherwise `make` writes it into the folder that it is given, and returns the
 * name of its stack.
 */
export async function cachedAssembly(
  context: string,
  make: (folder: string) => Promise<string>,
  cache = CACHE,
): Promise<CachedAssembly> {
  const folder = join(cache, await digest(context));
  const kept = await stackNameIn(folder);
  if (kept !== undefined) return { folder, stackName: kept };
  const draft = join(cache, `draft-${randomUUID()}`);
  await mkdir(draft, { recursive: true });
  try {
    const stackName = await make(draft);
    await writeFile(join(draft, STACK), stackName);
    await rename(draft, folder).catch(async (error: unknown) => {
      if ((await stackNameIn(folder)) === undefined) throw error; // else another run was first, with the same content
    });
    await removeUnused(cache);
    return { folder, stackName };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function stackNameIn(folder: string): Promise<string | undefined> {
  try {
    const stackName = await readFile(join(folder, STACK), 'utf8');
    await utimes(folder, new Date(), new Date());
    return stackName;
  } catch {
    return undefined;
  }
}

async function removeUnused(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const { mtimeMs } = await stat(join(cache, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > UNUSED_MS) await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function digest(context: string): Promise<string> {
  const hash = createHash('sha256').update(context);
  for (const source of SOURCES) {
    for (const file of await filesOf(source))
      hash.update(`\0${file}\0`).update(await readFile(join(PROJECT, file)));
  }
  return hash.digest('hex').slice(0, 32);
}

async function filesOf(source: string): Promise<readonly string[]> {
  if (!(await stat(join(PROJECT, source))).isDirectory()) return [source];
  const entries = await readdir(join(PROJECT, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length))
    .toSorted();
}
