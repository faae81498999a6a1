import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import type { LogEvent } from '../../lambdas/shared/log-event.ts';
import { timeOf } from '../../lambdas/shared/log-position.ts';
import { FIRST_SEQUENCE, logId } from '../../local/stand-ins/tenant/log-ids.ts';
import type { Clock } from './clock.ts';
import type { Counts } from './counts.ts';

export interface LogShape {
  readonly length: number;
  /** Epoch milliseconds of the first entry. */
  readonly from: number;
  readonly everyMs: number;
  /** How many resources the changes are about, in turns. */
  readonly resources: number;
  /** One entry in so many is a change by the Management API; the others are logins. */
  readonly oneIn?: number;
}

/** Where the 19 digits at the end of an id begin. */
const SEQUENCE_AT = 37;

/** A log of any length. It is made while it is read, and answers as slowly as is asked. */
export function freeLog(shape: LogShape, counts: Counts, clock: Clock, pageMs: number): LogClient {
  const { length, from, everyMs } = shape;
  const timeAt = (index: number) => from + index * everyMs;
  const idAt = (index: number) =>
    logId('900', Math.floor(timeAt(index) * 1_000), FIRST_SEQUENCE + BigInt(index));

  /** The first entry after a position. */
  function indexAfter(position: string): number {
    const sequence = BigInt(position.slice(SEQUENCE_AT)) - FIRST_SEQUENCE;
    if (sequence >= 0n) return Number(sequence) + 1;
    return Math.max(0, Math.ceil(((timeOf(position) ?? from) - from) / everyMs));
  }

  function answer(start: number, end: number): LogPage {
    const seen = Math.min(length, Math.floor((clock.now - from) / everyMs) + 1);
    const indexes = Array.from({ length: Math.max(0, Math.min(end, seen) - start) }, (_, n) => start + n);
    const text = JSON.stringify(indexes.map((index) => entryOf(index, idAt(index), timeAt(index), shape)));
    const entries: readonly LogEvent[] = JSON.parse(text);
    return { entries, taken: 100, most: 100, bytes: text.length, readAt: clock.now };
  }

  async function asked(kind: string): Promise<void> {
    counts.add(`auth0.${kind}`);
    if (pageMs > 0) await clock.sleep(pageMs);
  }

  return {
    pauseMs: () => 0,
    async page(position) {
      await asked('pages');
      const start = indexAfter(position);
      return answer(start, start + 100);
    },
    async search(sort) {
      await asked('searches');
      const seen = Math.min(length, Math.floor((clock.now - from) / everyMs) + 1);
      return sort === 'oldest' ? answer(0, 100) : answer(Math.max(0, seen - 100), seen);
    },
  };
}

/** An entry of some 1.5 kB, as of a user's change on the dashboard. */
function entryOf(index: number, id: string, time: number, { resources, oneIn = 1 }: LogShape): object {
  const isChange = index % oneIn === 0;
  const user = `auth0|${String(index % resources).padStart(24, '6')}`;
  return {
    date: new Date(time - 70).toISOString(),
    type: isChange ? 'sapi' : 's',
    description: isChange ? 'Update a User' : '',
    client_id: 'dashboard0123456789abcdefghijklm',
    client_name: '',
    ip: '203.0.113.7',
    user_agent: 'Firefox 145.0.0 / Linux 0.0.0',
    user_id: user,
    log_id: id,
    _id: id,
    details: {
      request: {
        method: 'patch',
        path: `/api/v2/users/${encodeURIComponent(user)}`,
        query: {},
        channel: 'https://manage.auth0.com/',
        body: { nickname: `change ${index}`, user_metadata: { about: 'x'.repeat(200) } },
        auth: {
          user: { user_id: 'auth0|admin', name: 'An Admin', email: 'admin@example.com' },
          strategy: 'jwt',
        },
      },
      response: {
        statusCode: 200,
        body: { user_id: user, nickname: `change ${index}`, about: 'y'.repeat(300) },
      },
    },
  };
}
