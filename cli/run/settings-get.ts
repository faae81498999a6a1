import { answer } from '../answer.ts';
import { withConnection } from '../connect/connect.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { SECRETS, secretOf, shown, valuesOf } from '../settings/setting-keys.ts';

export async function run(context: Context, [key]: readonly string[]): Promise<ExitCode> {
  const kinds = key === undefined ? SECRETS : [secretOf(key)];
  return await withConnection(context, async ({ readSecret }) => {
    const secrets = await Promise.all(kinds.map(async (kind) => valuesOf(kind, await readSecret(kind))));
    const entries = secrets
      .flatMap((values) => Object.entries(values))
      .filter(([name]) => key === undefined || name === key)
      .map(([name, value]): [string, string] => [name, shown(name, value, key !== undefined)]);
    if (key !== undefined && entries.length === 0) throw new CliError(`${key} is not set`);
    const words = entries.map(([name, value]) => (key === undefined ? `${name}=${value}` : value));
    answer(context, Object.fromEntries(entries), words);
    return 0;
  });
}
