import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** True on Linux, where processes can be found by the variables with which they were started. */
export const FINDS_PROCESSES = existsSync('/proc/self/environ');

/** Finds the processes whose environment has all of these variables. */
export async function processesWith(variables: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const wanted = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''); // gone, or another user's
      const variables = new Set(environment.split('\0'));
      return wanted.every((variable) => variables.has(variable)) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

/**
 * Kills them with -9.
 * @returns how many there were
 */
export async function killProcessesWith(variables: Readonly<Record<string, string>>): Promise<number> {
  const pids = await processesWith(variables);
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false; // it ended by itself meanwhile
    }
  }).length;
}
