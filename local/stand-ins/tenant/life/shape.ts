import type { LogEntry } from '../log-source.ts';
import type { Kind } from './world.ts';

/**
 * Something that happens in the tenant, as Auth0 logged it somewhere. Text holds placeholders such
 * as `$user` for what differs each time (see scene.ts); `{ $oneOf: [...] }` stands for any one of
 * its members.
 */
export interface Shape {
  /** How often it happens, against the others. */
  readonly weight: number;
  /** What it makes: its placeholder is a new id, which later events are about. */
  readonly creates?: Kind;
  /** What it removes: no later event is about that one. */
  readonly removes?: Kind;
  /** Logged one after the other: Auth0 logs some events twice. */
  readonly entries: readonly LogEntry[];
}

export const DATABASE = 'Username-Password-Authentication';

export interface ApiCall {
  /** Absent: the log has no `body` at all. */
  readonly body?: unknown;
  /** Absent: the response has none, as most with 204. */
  readonly response?: unknown;
}

/**
 * A call of the Management API: `sapi`. Who called it is added when it happens. `path` comes after
 * `/api/v2/`.
 */
export function api(
  method: string,
  path: string,
  description: string,
  statusCode: number,
  { body, response }: ApiCall = {},
): LogEntry {
  return {
    type: 'sapi',
    description,
    details: {
      request: { method, path: `/api/v2/${path}`, query: {}, body },
      response: { statusCode, body: response },
    },
  };
}

/** Somebody at a login page: what such entries have in common. */
export function visit(type: unknown, rest: LogEntry): LogEntry {
  return {
    type,
    connection: DATABASE,
    connection_id: '$con',
    client_id: '$client',
    client_name: 'Storefront',
    ip: '$ip',
    user_agent: '$agent',
    user_id: '$user',
    user_name: '$email',
    strategy: 'auth0',
    strategy_type: 'database',
    ...rest,
  };
}
