import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { DelivererEnv, PollerEnv } from '../../lambdas/shared/contract.ts';
import { quantile } from '../support/results.ts';

const CHILD = fileURLToPath(new URL('import-child.ts', import.meta.url));
const names = [...Object.values(PollerEnv), ...Object.values(DelivererEnv)];
/** Environment of the functions. Any value will do, as nothing is called. */
const env = {
  PATH: '/usr/bin:/bin',
  AWS_REGION: 'eu-central-1',
  ...Object.fromEntries(names.map((name) => [name, '1'])),
};

const time = z.object({ ms: z.number(), cpuMs: z.number() });
export type ImportTime = z.infer<typeof time>;

/**
 * Medians of several imports of each file. The files take turns, so that the machine's moods affect
 * all alike.
 */
export function importTimes(files: readonly string[], rounds: number): readonly ImportTime[] {
  const times = files.map((): ImportTime[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, file] of files.entries()) {
      const printed = execFileSync(process.execPath, [CHILD, file], { env, encoding: 'utf8' });
      times[index]?.push(time.parse(JSON.parse(printed)));
    }
  const median = (numbers: readonly number[]) => quantile(numbers, 0.5);
  return times.map((each) => ({
    ms: median(each.map(({ ms }) => ms)),
    cpuMs: median(each.map(({ cpuMs }) => cpuMs)),
  }));
}
