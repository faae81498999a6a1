import * as z from 'zod/mini';
import { jsonOrUndefined } from '../text/json.ts';
import { wholeNumber } from '../text/whole-number.ts';
import type { SettingFault } from './setting-fault.ts';
import { unknownKeys } from './unknown-keys.ts';

/**
 * Either the settings and what is odd about them, or all their faults by key. `missing` is true
 * when no required setting is set yet, as in the hour after a deploy. `unknown` has keys that no
 * setting has.
 */
export type Parsed<T> = (
  | { readonly settings: T; readonly warnings?: readonly SettingFault[] }
  | { readonly faults: readonly SettingFault[]; readonly missing: boolean }
) & { readonly unknown?: readonly SettingFault[] };

/**
 * What would make sense. A function of the faulty text may also say what that was probably meant to
 * be.
 */
export type Expected = string | ((text: string) => string);

/** A setting that must be set. `parse` gives undefined for a text that makes no sense. */
export function required<T>(expected: Expected, parse: (text: string) => T | undefined) {
  const message = messageOf(expected);
  const error = ({ input }: { input?: unknown }) =>
    input === undefined ? `missing: ${message('')}` : message('');
  return z.pipe(z.string({ error }), understood(message, parse));
}

/** A setting that may be unset; `fallback` holds then. */
export function optional<T>(expected: Expected, parse: (text: string) => T | undefined, fallback: T) {
  const message = messageOf(expected);
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

function messageOf(expected: Expected): (text: string) => string {
  return typeof expected === 'string' ? () => expected : expected;
}

function understood<T>(message: (text: string) => string, parse: (text: string) => T | undefined) {
  return z.transform((text: string, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: message(text), input: undefined });
    return z.NEVER;
  });
}

type Values = Readonly<Record<string, unknown>>;

export interface SettingRules {
  /** Every key that a setting has. */
  readonly keys: readonly string[];
  /** Faults between settings. They are reported together with the faults of single ones. */
  readonly disagreements?: (values: Values) => readonly SettingFault[];
  /** What is odd but no fault. It is reported when there are no faults. */
  readonly oddities?: (values: Values) => readonly SettingFault[];
}

/**
 * Parses the text of a secret: a flat JSON object, as the key/value editor of the Secrets Manager
 * console writes it.
 */
export function parseSettings<T>(
  text: string,
  schema: z.ZodMiniType<T>,
  { keys, disagreements = () => [], oddities = () => [] }: SettingRules,
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
  const unknown = unknownKeys(Object.keys(values), keys);
  if (result.success && between.length === 0)
    return { settings: result.data, warnings: oddities(values), unknown };
  const single = (result.error?.issues ?? []).map(({ path, message }) => ({
    key: path.map(String).join('.'),
    expected: message,
  }));
  const place = ({ key }: SettingFault) => keys.indexOf(key);
  const faults = [...single, ...between].toSorted((a, b) => place(a) - place(b));
  return { faults, missing: faults.every(({ key }) => values[key] === undefined), unknown };
}

/**
 * Texts of the values, trimmed; an empty one means unset. A number or boolean is taken as its text,
 * as `{"TIMEOUT":15}` is clear enough.
 */
function flatValues(text: string): Values | undefined {
  const parsed = jsonOrUndefined(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed).map(([key, value]): [string, unknown] => [
    key.trim(),
    key.trim() === 'WEBHOOK_HEADERS' ? objectAsText(value) : asText(value),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/**
 * The text of the one setting that is an object. In the plaintext tab it may stand as an object.
 */
function objectAsText(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : asText(value);
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

export function wholeNumberFrom(least: number, most: number): (text: string) => number | undefined {
  return (text) => wholeNumber(text, least, most);
}
