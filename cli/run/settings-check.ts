import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../errors.ts';
import { faultsOf, SECRETS, warningsOf } from '../settings/setting-keys.ts';

export async function run(context: Context): Promise<ExitCode> {
  return await withConnection(context, async ({ readSecret, place }) => {
    const texts = await Promise.all(SECRETS.map(async (kind) => [kind, await readSecret(kind)] as const));
    const faults = texts.flatMap(([kind, text]) => faultsOf(kind, text));
    const warnings = texts.flatMap(([kind, text]) => warningsOf(kind, text));
    const { terminal } = context;
    answer(context, { faults, warnings }, [
      ...faults.map(({ key, expected }) => `${terminal.style('bad', '✗')} ${key}: ${expected}`),
      ...warnings.map(({ key, expected }) => `${terminal.style('warn', '!')} ${key}: ${expected}`),
      ...(faults.length === 0 ? [`${terminal.style('good', '✓')} the settings of ${place} are right`] : []),
    ]);
    return faults.length > 0 ? 1 : 0;
  });
}
