import { isObject } from '../../../lambdas/shared/text/json.ts';

/**
 * Prints as awscli/text.py does: a line for scalars, separated by tabs, and a line for each thing
 * inside another.
 */
export function text(value: unknown): string {
  return isObject(value) || Array.isArray(value) ? linesOf(value).join('') : `${scalar(value)}\n`;
}

function linesOf(value: unknown, identifier?: string, scalarKeys?: readonly string[]): readonly string[] {
  if (isObject(value)) return ofObject(value, identifier, scalarKeys);
  if (Array.isArray(value)) return ofList(value, identifier);
  return [`${scalar(value)}\n`];
}

function ofList(list: readonly unknown[], identifier?: string): readonly string[] {
  if (list.length === 0) return [];
  if (list.some(isObject)) {
    const keys = [...new Set(list.filter(isObject).flatMap(scalarKeysOf))].toSorted();
    return list.flatMap((member) => linesOf(member, identifier, keys));
  }
  const scalars = list.filter((member) => !Array.isArray(member));
  const line =
    scalars.length === 0
      ? []
      : identifier === undefined
        ? [`${scalars.map(scalar).join('\t')}\n`]
        : scalars.map((member) => `${identifier.toUpperCase()}\t${scalar(member)}\n`);
  return [
    ...line,
    ...list.filter((member) => Array.isArray(member)).flatMap((member) => linesOf(member, identifier)),
  ];
}

function ofObject(
  object: Readonly<Record<string, unknown>>,
  identifier?: string,
  scalarKeys: readonly string[] = scalarKeysOf(object),
): readonly string[] {
  const scalars = scalarKeys.map((key) => (key in object ? scalar(object[key]) : ''));
  const others = Object.keys(object)
    .filter((key) => isObject(object[key]) || Array.isArray(object[key]))
    .toSorted();
  const words = identifier === undefined ? scalars : [identifier.toUpperCase(), ...scalars];
  const line = scalars.length === 0 ? [] : [`${words.join('\t')}\n`];
  return [...line, ...others.flatMap((key) => linesOf(object[key], key))];
}

function scalarKeysOf(object: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(object)
    .filter((key) => !isObject(object[key]) && !Array.isArray(object[key]))
    .toSorted();
}

/** Prints a scalar as Python's `str` does. */
function scalar(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
