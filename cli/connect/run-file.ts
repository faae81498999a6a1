import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { RunFile } from '../../local/run/run-file.ts';
import { CliError } from '../errors.ts';

/** Folders that runs keep their data in unless `--data` names another. */
const USUAL = '.local';

const text = z.string();
const runFile = z.object({
  pid: z.number(),
  endpoints: z.object({ sqs: text, dynamodb: text, secretsManager: text, lambda: text }),
  credentials: z.object({ accessKeyId: text, secretAccessKey: text }),
  region: text,
  names: z.object({
    table: text,
    queueUrl: text,
    deadLetterQueueUrl: text,
    auth0Secret: text,
    webhookSecret: text,
    poller: text,
    deliverer: text,
  }),
  certificates: z.optional(text),
  page: z.optional(text),
});

export interface FoundRun {
  readonly folder: string;
  readonly file: Omit<RunFile, 'certificates' | 'page'> & {
    readonly certificates?: string | undefined;
    readonly page?: string | undefined;
  };
}

/**
 * Finds the run on this machine: in the folder that is given, else in the usual ones. Throws a
 * CliError when none is running, or several are.
 */
export async function findRun(data: string | undefined): Promise<FoundRun> {
  const folders = data === undefined ? await usualFolders() : [data];
  const runs = (await Promise.all(folders.map(readRun))).filter((run) => run !== undefined);
  const [run] = runs;
  if (!run) {
    throw new CliError(
      `no local run goes on in ${data ?? `${USUAL}/*`}: start one by \`npm start\`${data === undefined ? ', or name its folder by --data' : ''}`,
    );
  }
  if (runs.length > 1)
    throw new CliError(
      `several local runs go on: say which by --data (${runs.map(({ folder }) => folder).join(', ')})`,
      2,
    );
  return run;
}

async function usualFolders(): Promise<readonly string[]> {
  const entries = await readdir(USUAL, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(USUAL, name));
}

async function readRun(folder: string): Promise<FoundRun | undefined> {
  const file = await readFile(join(folder, 'run.json'), 'utf8').catch(() => '');
  const { data } = runFile.safeParse(jsonOrUndefined(file));
  return data && isAlive(data.pid) ? { folder, file: data } : undefined;
}

/** Tells whether the process lives. A run that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
