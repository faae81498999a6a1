import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { UserError } from '../user-error.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of a `.env` file; none when there is no file. Those of the environment win
 * over them, even empty ones.
 */
export async function envFile(path: string): Promise<Variables> {
  return parseEnv(await contents(path));
}

async function contents(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return '';
    throw new UserError(`${path} cannot be read (${code}).`);
  }
}

/** The given keys as far as they are set. An empty value means unset. */
export function setValues(variables: Variables, keys: readonly string[]): Readonly<Record<string, string>> {
  const entries = keys.map((key): [string, string] => [key, variables[key]?.trim() ?? '']);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
