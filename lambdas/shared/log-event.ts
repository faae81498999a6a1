import { createHash } from 'node:crypto';
import { isObject } from './text/json.ts';

/**
 * One entry of Auth0's log as it came: any JSON. Auth0's own teams write the same field with
 * different types (community.auth0.com, topic 109836). Rely on nothing that none of the functions
 * below has checked.
 */
export type LogEvent = unknown;

/** The value at a path of object keys; undefined where the path ends early. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

export function textField(value: unknown, ...path: readonly string[]): string | undefined {
  const found = field(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/**
 * An id that can be used as it is. Auth0's are 56 digits. Others must have only letters that
 * everybody takes: a webhook id must not hold a `.` (Standard Webhooks), and SQS refuses many in a
 * deduplication id.
 */
const USABLE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * The id under which a log event is tracked and delivered: its `log_id`, or `_id`, which is the
 * same in API answers. An odd entry without one gets a digest of its content, so that a second
 * reading gives the same id.
 */
export function idOf(event: LogEvent): string {
  return logIdOf(event) ?? `sha256-${createHash('sha256').update(content(event)).digest('hex')}`;
}

function content(event: LogEvent): string {
  try {
    return JSON.stringify(event) ?? '';
  } catch {
    return ''; // nested some thousand levels deep
  }
}

/**
 * Auth0's own id of the entry, which is also a position in the log. Undefined for an odd entry
 * without one.
 */
export function logIdOf(event: LogEvent): string | undefined {
  return [textField(event, 'log_id'), textField(event, '_id')].find(
    (id) => id !== undefined && USABLE_ID.test(id),
  );
}

export interface ApiRequest {
  /** In lower case. */
  readonly method: string;
  /** As it was logged, percent-encoded or not. */
  readonly path: string;
}

/** Finds the API request of a log event; undefined when it has none. */
export function requestOf(event: LogEvent): ApiRequest | undefined {
  const path = textField(event, 'details', 'request', 'path');
  if (path === undefined) return undefined;
  return { path, method: (textField(event, 'details', 'request', 'method') ?? '').toLowerCase() };
}
