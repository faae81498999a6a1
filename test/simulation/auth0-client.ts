import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import type { Auth0Log, Entry } from './auth0-log.ts';
import { Fault } from './fault.ts';
import type { Process } from './process.ts';

const RATE_LIMIT = 'rate-limit';
const SPENT = 'spent';
/** The answer is too large or slow, so that fewer entries are asked for next. */
const SMALLER = 'smaller';
/** The answer shows nothing, though there is something. */
const EMPTY = 'empty';

export interface Auth0ClientOptions {
  readonly pass: (ms: number) => void;
  /** Milliseconds that each answer takes. */
  readonly slowMs: number;
  /** Called when Auth0 gives a false answer. */
  readonly onLie: (kind: string) => void;
}

/**
 * Auth0's log as one process reads it. One answer may be false, but no second one to the same
 * process, as two answers that agree are a proof.
 */
export function auth0Client(
  log: Auth0Log,
  process: Process,
  { pass, slowMs, onLie }: Auth0ClientOptions,
): LogClient {
  const { now, pageSize } = log;
  let pauseMs = 0;
  let hasLied = false;

  const read = (kind: 'page' | 'search', detail: string, choose: (visible: Entry[]) => Entry[]) =>
    process.effect({
      kind,
      detail: () => detail,
      faults: [Fault.fails, Fault.crashBefore, RATE_LIMIT, SPENT, EMPTY, SMALLER],
      perform: (fault): LogPage => {
        pass(slowMs);
        const readAt = now();
        if (fault === RATE_LIMIT) throw LogReadError.ofRateLimit(readAt + 1_000);
        const taken = fault === SMALLER ? Math.ceil(pageSize / 2) : pageSize;
        const shown = choose(log.visible()).slice(0, taken);
        const lies = fault === EMPTY && !hasLied && shown.length > 0;
        if (lies) onLie(kind);
        hasLied ||= lies;
        const entries = lies ? [] : shown.map(({ event }) => event);
        pauseMs = fault === SPENT ? 1_000 : 0;
        return { entries, readAt, taken, most: pageSize, bytes: entries.length * 200 };
      },
    });

  return {
    pauseMs: () => pauseMs,
    page: (from) =>
      read('page', `after ${from.slice(-6)}`, (visible) => visible.filter(({ id }) => id > from)),
    search: (sort) => read('search', sort, (visible) => (sort === 'oldest' ? visible : visible.reverse())),
  };
}
