import { textField } from '../../lambdas/shared/log-event.ts';
import type { AnsweredCall } from '../../local/stand-ins/receiver/calls.ts';
import { generatedSource, type LogEntry, type LogSource } from '../../local/stand-ins/tenant/log-source.ts';

/**
 * Makes a change of one of `users` users. The body has its index, so that the order can be checked.
 */
export function userChange(index: number, date: string, users: number, nickname = 'payload-value'): LogEntry {
  const user = index % users;
  return {
    date,
    type: 'sapi',
    description: 'Update a User',
    client_id: 'dashboard',
    details: {
      request: {
        method: 'patch',
        path: `/api/v2/users/auth0%7C${user}`,
        body: { index, nickname },
      },
      response: { statusCode: 200, body: { user_id: `auth0|${user}` } },
    },
  };
}

/** Makes a log of so many changes of users, an entry a millisecond, the last one a minute ago. */
export function changes(length: number, users: number): LogSource {
  return generatedSource({
    length,
    from: Date.now() - 60_000 - length,
    everyMs: 1,
    entry: (index, date) => userChange(index, date, users),
  });
}

/** What a test sees of every call. It is kept here, as the receiver's own list is bounded. */
export interface Seen {
  readonly id: string;
  readonly resource: string;
  readonly status: number | string;
}

export function seenOf({ webhookId, body, status }: AnsweredCall): Seen {
  return { id: webhookId ?? '', resource: textField(body, 'request', 'path') ?? '', status };
}

export interface Tally {
  readonly distinct: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
}

/** Counts the calls that were answered with 2xx. */
export function tally(seen: readonly Seen[]): Tally {
  const ids = new Set<string>();
  const latest = new Map<string, string>();
  let duplicates = 0;
  let outOfOrder = 0;
  for (const { id, resource, status } of seen) {
    if (typeof status !== 'number' || status > 299) continue;
    if (ids.has(id)) duplicates++;
    else if ((latest.get(resource) ?? '') > id) outOfOrder++;
    else latest.set(resource, id);
    ids.add(id);
  }
  return { distinct: ids.size, duplicates, outOfOrder };
}
