/** @import { Row } from '../shapes.ts' */

/** @type {Readonly<Record<string, string>>} */
const VERBS = { post: 'Created', patch: 'Changed', put: 'Set', delete: 'Deleted', get: 'Read' };

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  ss: 'Somebody signed up',
  fs: 'A sign-up failed',
  sdu: 'Somebody deleted their account',
  scp: 'A password was changed',
  sce: 'An e-mail address was changed',
  scu: 'A name was changed',
  sscim: 'A change by SCIM',
  test: 'Test event',
};

/**
 * What happened, in words; in Auth0's own where it has some.
 *
 * @param {Pick<Row, 'type' | 'method' | 'path' | 'description'>} row
 */
export function happened({ type, method, path, description }) {
  if (method === '') return TYPES[type] ?? (description || type);
  return description || `${VERBS[method.toLowerCase()] ?? method} ${path.replace('/api/v2/', '')}`;
}

/** @param {string} id */
export function shortId(id) {
  return id.length > 20 ? `${id.slice(0, 3)}…${id.slice(-8)}` : id;
}

/**
 * @param {string} resource
 * @param {number} [most]
 */
export function shortResource(resource, most = 29) {
  return resource.length > most ? `${resource.slice(0, most - 9)}…${resource.slice(-8)}` : resource;
}

/** @param {number} at */
export function clock(at) {
  return new Date(at).toTimeString().slice(0, 8);
}

/** To the millisecond, with the day. @param {number} at */
export function exact(at) {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

/**
 * @param {number} at
 * @param {number} now
 */
export function ago(at, now) {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 2) return 'now';
  return `${span(seconds)} ago`;
}

/**
 * @param {number} at
 * @param {number} now
 */
export function until(at, now) {
  return span(Math.max(0, Math.ceil((at - now) / 1000)));
}

/** @param {number} seconds */
export function span(seconds) {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** @param {number} number */
export function figure(number) {
  return number.toLocaleString('en-US');
}

/**
 * @param {number} number
 * @param {string} one
 */
export function counted(number, one) {
  return `${figure(number)} ${number === 1 ? one : `${one}s`}`;
}

/**
 * The time that stands in one of Auth0's ids.
 * @param {string} id
 */
export function timeOfId(id) {
  const [, year, month, day, hour, minute, second, fraction] =
    /^\d{3}(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})/.exec(id) ?? [];
  if (year === undefined) return undefined;
  const date = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return date + Number(fraction);
}

/**
 * A figure as short as possible.
 *
 * @param {number | null} value
 * @param {string} unit
 */
export function short(value, unit) {
  if (value === null) return '–';
  if (unit === 'seconds' && value >= 90) return span(Math.round(value));
  if (value >= 10_000) return value.toLocaleString('en-US', { notation: 'compact' });
  const digits = value !== 0 && Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
