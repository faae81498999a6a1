import { apiSegments } from '../api-path.ts';
import { nearest } from '../text/nearest.ts';
import { API_ENDPOINTS, OTHER_APIS, SUB_ENDPOINTS } from './api-endpoints.ts';
import { LOG_TYPE_GROUPS, LOG_TYPES, SPOKEN_TYPES } from './log-types.ts';
import { list } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * What one entry of a list stands for: its values, or else the value that was probably meant, if
 * there is one.
 */
type Read<T> = { readonly values: readonly T[]; readonly unknown?: boolean } | { readonly meant?: string };

/**
 * Parses a list of codes; a group's name stands for its codes. Each code comes once. Undefined for
 * a list without entries, which would match nothing.
 */
export function logTypes(text: string): readonly string[] | undefined {
  const types = all(text, logType);
  return types?.length === 0 ? undefined : types && [...new Set(types)];
}

/** Parses patterns of whole path segments. `*` is any one segment. */
export function endpoints(text: string): readonly (readonly string[])[] | undefined {
  return all(text, endpoint);
}

/** Parses methods. They come in lower case. */
export function methods(text: string): readonly string[] | undefined {
  return all(text, method);
}

/**
 * Says what was expected, and what the first wrong entry was probably meant to be. It never shows
 * the entry itself, which may be a secret.
 */
export const expectedFilter = {
  logTypes: expected(
    `comma-separated log event type codes, such as "sapi,ss,sdu", or ${Object.keys(LOG_TYPE_GROUPS).join(', ')}`,
    logType,
  ),
  endpoints: expected(
    'comma-separated path segments after /api/v2/, such as "users, organizations/*/members"',
    endpoint,
  ),
  methods: expected(`comma-separated methods out of ${METHODS.join(', ')}`, method),
};

/**
 * Warns of entries that none of Auth0's lists has. They are taken, as they may be new, but they may
 * match nothing.
 */
export function filterWarnings(values: Readonly<Record<string, unknown>>): readonly SettingFault[] {
  const oddities = (
    key: string,
    what: string,
    read: (entry: string) => Read<unknown>,
  ): readonly SettingFault[] => {
    const value = values[key];
    if (typeof value !== 'string') return [];
    return list(value).flatMap((entry, index) => {
      const one = read(entry);
      return 'values' in one && one.unknown
        ? [{ key, expected: `${what}; the ${ordinal(index)} is not in the list, and is taken as it is` }]
        : [];
    });
  };
  return [
    ...oddities('AUTH0_LOG_TYPES', "codes of Auth0's list of log event types", logType),
    ...oddities('AUTH0_API_ENDPOINTS', 'endpoints of the Management API', endpoint),
  ];
}

function logType(entry: string): Read<string> {
  const word = entry.toLowerCase();
  if (Object.hasOwn(LOG_TYPE_GROUPS, word)) return { values: LOG_TYPE_GROUPS[word] ?? [] };
  if (LOG_TYPES.has(word)) return { values: [word] };
  const letters = word.replace(/[^a-z]/g, '');
  const spoken = [letters, letters.replace(/s$/, '')].find((one) => Object.hasOwn(SPOKEN_TYPES, one));
  const meant = spoken ? SPOKEN_TYPES[spoken] : slipOf(word, Object.keys(LOG_TYPE_GROUPS));
  if (meant !== undefined) return { meant };
  // A code that is near another one is no slip, as new codes look like old ones.
  return /^[a-z0-9_]+$/.test(word) ? { values: [word], unknown: true } : {};
}

/**
 * Parses whole segments after `/api/v2/`, which may be written or not. A whole URL is refused, as
 * it would name a tenant.
 */
function endpoint(entry: string): Read<readonly string[]> {
  const path = entry
    .replace(/^\/+/, '')
    .replace(/^api\/v2(\/|$)/i, '')
    .replace(/\/+$/, '');
  const isSegment = (segment: string) => segment === '*' || /^[^\s/*?#:{}]+$/.test(segment);
  if (!path.split('/').every(isSegment)) return {};
  const [first = '', ...rest] = apiSegments(path);
  const known = [...API_ENDPOINTS, ...OTHER_APIS, '*'].find((word) => word === first.toLowerCase());
  const meant = known === undefined ? slipOf(first, API_ENDPOINTS) : undefined;
  if (meant !== undefined) return { meant };
  const sub = rest.map((segment) => SUB_ENDPOINTS.find((word) => word === segment.toLowerCase()) ?? segment);
  return { values: [[known ?? first, ...sub]], unknown: known === undefined };
}

/**
 * Finds the name that was probably meant. Short names have neighbours that are no slips (`logs`,
 * `tags`), so one letter may differ in them, and two in longer ones.
 */
function slipOf(word: string, names: readonly string[]): string | undefined {
  return nearest(word, names, word.length > 6 ? 2 : 1);
}

function method(entry: string): Read<string> {
  const word = entry.toUpperCase();
  if (METHODS.includes(word)) return { values: [word.toLowerCase()] };
  const meant = nearest(word, METHODS);
  return meant === undefined ? {} : { meant };
}

function all<T>(text: string, read: (entry: string) => Read<T>): readonly T[] | undefined {
  const entries = list(text).map(read);
  return entries.some((entry) => !('values' in entry))
    ? undefined
    : entries.flatMap((entry) => ('values' in entry ? entry.values : []));
}

function expected(what: string, read: (entry: string) => Read<unknown>): (text: string) => string {
  return (text) => {
    const entries = list(text).map(read);
    const index = entries.findIndex((entry) => !('values' in entry));
    const faulty = entries[index];
    if (faulty === undefined || 'values' in faulty) return what;
    const meant = faulty.meant === undefined ? '' : ` (did you mean "${faulty.meant}"?)`;
    return `${what}; the ${ordinal(index)} is none${meant}`;
  };
}

function ordinal(index: number): string {
  return ['first', 'second', 'third'][index] ?? `${index + 1}th`;
}
