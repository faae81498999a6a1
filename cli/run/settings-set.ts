import { withConnection } from '../connect/connect.ts';
import type { SecretKind } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import { CliError, type ExitCode } from '../errors.ts';
import { changeSecrets } from '../settings/change-secret.ts';
import { secretOf, valuesOf } from '../settings/setting-keys.ts';

export async function run(context: Context, args: readonly string[]): Promise<ExitCode> {
  const given = await Promise.all(args.map((arg) => assignment(arg)));
  return await withConnection(context, async (connection) => {
    const after = new Map<SecretKind, Record<string, unknown>>();
    for (const { key, value } of given) {
      const kind = secretOf(key);
      const values = after.get(kind) ?? { ...valuesOf(kind, await connection.readSecret(kind)) };
      const text = value ?? (await askFor(context, key));
      if (text === '') delete values[key];
      else values[key] = text;
      after.set(kind, values);
    }
    await changeSecrets(context, connection, after);
    return 0;
  });
}

/** Parses `KEY=VALUE`, or `KEY` alone, whose value is asked for. */
function assignment(arg: string): { readonly key: string; readonly value: string | undefined } {
  const at = arg.indexOf('=');
  const key = at === -1 ? arg : arg.slice(0, at);
  secretOf(key);
  return { key, value: at === -1 ? undefined : arg.slice(at + 1) };
}

/**
 * Asks for a value without showing it, or reads it from standard input, so that no shell history
 * holds a secret.
 */
async function askFor({ terminal }: Context, key: string): Promise<string> {
  const text = terminal.isInteractive ? await terminal.askHidden(`${key}: `) : await terminal.readInput();
  if (text.trim() === '')
    throw new CliError(`${key} got no value: type one, pipe one in, or give ${key}= to unset it`, 2);
  return text.trim();
}
