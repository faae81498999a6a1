import * as z from 'zod/mini';
import { jsonOrUndefined } from '../text/json.ts';
import { wholeNumber } from '../text/whole-number.ts';
import type { SettingFault } from './setting-fault.ts';

/**
 * Either the settings and what is odd about them, or every fault of them, by key. `missing`: nothing required is set yet (the
 * hour after a deploy).
 */
export type Parsed<T> =
  | { readonly settings: T; readonly warnings?: readonly SettingFault[] }
  | { readonly faults: readonly SettingFault[]; readonly missing: boolean };

/** A value that must be set. `parse` gives undefined for one that makes no sense; `expected` says what would. */
export function required<T>(expected: string, parse: (text: string) => T | undefined) {
  const error = ({ input }: { input?: unknown }) => (input === undefined ? `missing: ${expected}` : expected);
  return z.pipe(z.string({ error }), understood(expected, parse));
}

/** A value that may be unset; then `fallback` holds. `expected` may name what a faulty text was probably meant to be. */
export function optional<T>(
  expected: string | ((text: string) => string),
  parse: (text: string) => T | undefined,
  fallback: T,
) {
  const message = (text: string) => (typeof expected === 'string' ? expected : expected(text));
  return z.pipe(
    z.optional(z.string({ error: () => message('') })),
    z.transform((text, context) => {
      if (text === undefined) return fallback;
      const value = parse(text);
      if (value === undefined)
        context.issues.push({ code: 'custom', message: message(text), input: undefined });
      return value ?? fallback;
    }),
  );
}

function understood<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.transform((text: string, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: expected, input: undefined });
    return z.NEVER;
  });
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Parses the text of a secret: a flat JSON object, as the Secrets Manager console's key/value editor writes it.
 * `disagreements` are faults between keys, told together with the faults of single ones; `oddities` are no faults, and told
 * when there are none.
 */
export function parseSettings<T>(
  text: string,
  schema: z.ZodMiniType<T>,
  disagreements: (values: Values) => readonly SettingFault[] = () => [],
  oddities: (values: Values) => readonly SettingFault[] = () => [],
): Parsed<T> {
  const values = flatValues(text);
  if (values === undefined) {
    return {
      faults: [
        { key: '(the secret)', expected: 'a JSON object of keys and text values, such as {"KEY":"value"}' },
      ],
      missing: false,
    };
  }
  const result = schema.safeParse(values);
  const between = disagreements(values);
  if (result.success && between.length === 0) return { settings: result.data, warnings: oddities(values) };
  const single = (result.error?.issues ?? []).map(({ path, message }) => ({
    key: path.map(String).join('.'),
    expected: message,
  }));
  const faults = [...single, ...between];
  return { faults, missing: faults.every(({ key }) => values[key] === undefined) };
}

/** Trimmed texts; an empty one means unset. Numbers and booleans are taken as their text: `{"TIMEOUT":15}` is clear enough. */
function flatValues(text: string): Values | undefined {
  const parsed = jsonOrUndefined(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed).map(([key, value]): [string, unknown] => [
    key.trim(),
    asText(value),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function asText(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? '' : value;
}

/** The entries of a comma-separated list, trimmed, without empty ones. */
export function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** A list whose entries must all make sense. */
export function listOf<T>(
  parse: (entry: string) => T | undefined,
): (text: string) => readonly T[] | undefined {
  return (text) => {
    const entries = list(text).map(parse);
    return entries.some((entry) => entry === undefined)
      ? undefined
      : entries.filter((entry) => entry !== undefined);
  };
}

export function wholeNumberFrom(least: number, most: number): (text: string) => number | undefined {
  return (text) => wholeNumber(text, least, most);
}

export function yesOrNo(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}
