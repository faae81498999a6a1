import type { LogEntry } from '../log-source.ts';
import type { Kind } from './world.ts';

/**
 * Something that happens in the tenant, as Auth0 logged it somewhere. Text holds placeholders such
 * as `$user` for what differs each time (see scene.ts). `{ $oneOf: [...] }` stands for any one of
 * its members.
 */
export interface Shape {
  /** How often it happens, compared with the others. */
  readonly weight: number;
  /** What it makes. Its placeholder is a new id, which later events are about. */
  readonly creates?: Kind;
  /** What it removes. No later event is about that. */
  readonly removes?: Kind;
  /** Entries, logged one after the other, as Auth0 logs some events twice. */
  readonly entries: readonly LogEntry[];
}

export const DATABASE = 'Username-Password-Authentication';

export interface ApiCall {
  /** Absent when the log has no `body` at all. */
  readonly body?: unknown;
  /** Absent when the response has none, as most with 204. */
  readonly response?: unknown;
}

/**
 * A call of the Management API: `sapi`. Its caller is added when it happens. `path` comes after
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

/** What entries of somebody at a login page have in common. */
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
