import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import { positionAt } from '../../lambdas/shared/log-position.ts';
import { Fault } from './fault.ts';
import type { Process } from './process.ts';

/** The free plan's. */
export const LOG_RETENTION_MS = 24 * 3_600_000;

/**
 * What happened in the tenant: lower case a change, upper case a deletion of the same user, `.`
 * what is never an event.
 */
export type Letter = string;

export interface Entry {
  readonly id: string;
  /** From 1, in the order of the log. */
  readonly number: number;
  readonly letter: Letter;
  /** The user that it is about. */
  readonly user: string;
  readonly at: number;
  readonly visibleAt: number;
  readonly event: object;
}

/** Auth0 shows ids that are so far ahead of its clock at once; no poll takes them. */
const AHEAD_MS = 5 * 60_000;

/** Auth0's log in memory: ids in order, entries that appear late, one day of retention. */
export class Auth0Log {
  readonly entries: Entry[] = [];
  private readonly now: () => number;
  private hasAhead = false;
  private readonly pageSize: number;

  constructor(now: () => number, pageSize: number) {
    this.now = now;
    this.pageSize = pageSize;
  }

  /** @param lateMs how long after its id's time the entry can first be read */
  append(letter: Letter, at: number, lateMs = 0): void {
    const number = this.entries.length + 1;
    const id = positionAt(at, '900').slice(0, -6) + String(number).padStart(6, '0');
    this.hasAhead ||= at > this.now();
    const user = letter.toLowerCase();
    const method = letter === user ? 'patch' : 'delete';
    const event = {
      log_id: id,
      date: new Date(at).toISOString(),
      type: letter === '.' ? 's' : 'sapi',
      details: { request: { method, path: `/api/v2/users/${user}` }, response: {} },
    };
    this.entries.push({ id, number, letter, user, at, visibleAt: Math.min(at, this.now()) + lateMs, event });
  }

  get last(): Entry | undefined {
    return this.entries.findLast((entry) => !this.isAhead(entry));
  }

  /** Whether anything can be read after the position. */
  hasMore(position: string): boolean {
    return this.visible().some((entry) => entry.id > position && !this.isAhead(entry));
  }

  /** Its id is from the future: it is read when its time comes. */
  isAhead({ at }: Entry): boolean {
    return at > this.now() + AHEAD_MS;
  }

  isGone({ at }: Entry): boolean {
    return this.now() - at > LOG_RETENTION_MS;
  }

  /** @param slowMs how long each answer takes */
  client(process: Process, pass: (ms: number) => void, slowMs: number): LogClient {
    let pauseMs = 0;
    const read = (kind: string, detail: string, choose: (visible: Entry[]) => Entry[]) =>
      process.effect({
        kind,
        detail: () => detail,
        // A search does not lie at the same time: two answers that agree are what a proof is.
        faults: [
          Fault.fails,
          Fault.crashBefore,
          'rate-limit',
          'spent',
          ...(kind === 'page' ? ['empty'] : []),
        ],
        perform: (fault): LogPage => {
          pass(slowMs);
          const readAt = this.now();
          if (fault === 'rate-limit') throw LogReadError.ofRateLimit(readAt + 1_000);
          const shown = fault === 'empty' ? [] : choose(this.visible());
          const entries = shown.map(({ event }) => event);
          pauseMs = fault === 'spent' ? 1_000 : 0;
          return { entries, readAt, taken: this.pageSize, bytes: entries.length * 200 };
        },
      });
    return {
      pauseMs: () => pauseMs,
      page: (from) =>
        read('page', `after ${from.slice(-6)}`, (visible) =>
          visible.filter(({ id }) => id > from).slice(0, this.pageSize),
        ),
      search: (sort) =>
        read('search', sort, (visible) =>
          (sort === 'oldest' ? visible : visible.reverse()).slice(0, this.pageSize),
        ),
    };
  }

  private visible(): Entry[] {
    const visible = this.entries.filter((entry) => entry.visibleAt <= this.now() && !this.isGone(entry));
    return this.hasAhead ? visible.sort((a, b) => a.at - b.at) : visible;
  }
}
