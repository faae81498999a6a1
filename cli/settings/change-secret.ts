import { isObject, jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { answer } from '../answer.ts';
import { confirm } from '../confirm.ts';
import type { Connection, SecretKind } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { faultsOf, shown } from './setting-keys.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Checks the new values of secrets, shows the changes without showing secrets, asks, and writes. It
 * writes nothing when any of them has a fault.
 */
export async function changeSecrets(
  context: Context,
  connection: Connection,
  after: ReadonlyMap<SecretKind, Values>,
): Promise<void> {
  const changed: SecretKind[] = [];
  for (const [kind, values] of after) {
    const before = knownValues(await connection.readSecret(kind));
    const faults = faultsOf(kind, JSON.stringify(values));
    if (faults.length > 0) throw faulty(kind, faults);
    const lines = difference(before, values);
    for (const line of lines) context.terminal.note(line);
    if (lines.length > 0) changed.push(kind);
  }
  if (changed.length === 0) {
    answer(context, { changed }, ['Nothing changes.']);
    return;
  }
  const question = `Write this to ${connection.place}; it takes effect within a minute.`;
  if (!(await confirm(context, question))) return;
  for (const kind of changed) await connection.writeSecret(kind, JSON.stringify(after.get(kind)));
  answer(context, { changed }, ['Written. It takes effect within a minute.']);
}

/** The values that a secret has; none while its text is no JSON object and is being mended. */
function knownValues(text: string): Values {
  const values = jsonOrUndefined(text);
  return isObject(values) ? values : {};
}

function faulty(kind: SecretKind, faults: ReturnType<typeof faultsOf>): CliError {
  const lines = faults.map(({ key, expected }) => `  ${key}: ${expected}`);
  return new CliError(
    [`the settings of ${kind} would be wrong; nothing was changed:`, ...lines].join('\n'),
    2,
  );
}

function difference(before: Values, after: Values): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys.flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    if (now === undefined) return [`- ${key}`];
    return [`${old === undefined ? '+' : '~'} ${key} = ${shown(key, now)}`];
  });
}
