import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import type { RateLimit } from '../../lambdas/poller/reading/rate-limit.ts';
import { type LogEvent, logIdOf } from '../../lambdas/shared/log-event.ts';

export interface FakeLog extends LogClient {
  /** Positions that pages were asked for. */
  readonly asked: string[];
  /** Puts an entry where its id belongs. An entry without an id goes to the end. */
  add(...entries: readonly LogEvent[]): void;
  /** Forgets what Auth0 no longer keeps. */
  forget(isForgotten: (entry: LogEvent) => boolean): void;
  rate?: RateLimit;
  /** Milliseconds that the bucket asks for before each request. */
  pause: number;
  /** Called before a page is answered, with the number of the page (from 1). */
  beforePage?: (count: number) => void;
}

/**
 * Auth0's log in memory: `from` is exclusive, a page has at most 100 entries, in the order of ids.
 */
export function fakeLog(entries: readonly LogEvent[], now: () => number): FakeLog {
  let kept = [...entries];
  const answer = (of: readonly LogEvent[]): LogPage => ({
    entries: of,
    taken: 100,
    most: 100,
    bytes: of.length * 2_000,
    readAt: now(),
    ...(log.rate ? { rate: log.rate } : {}),
  });
  const indexAfter = (position: string) =>
    kept.findLastIndex((entry) => (logIdOf(entry) ?? '~') <= position) + 1;

  const log: FakeLog = {
    asked: [],
    pause: 0,
    pauseMs: () => log.pause,
    add(...added) {
      for (const entry of added) {
        const id = logIdOf(entry);
        kept.splice(id === undefined ? kept.length : indexAfter(id), 0, entry);
      }
    },
    forget(isForgotten) {
      kept = kept.filter((entry) => !isForgotten(entry));
    },
    async page(from) {
      log.asked.push(from);
      log.beforePage?.(log.asked.length);
      const start = indexAfter(from);
      return answer(kept.slice(start, start + 100));
    },
    async search(sort) {
      return answer(sort === 'oldest' ? kept.slice(0, 100) : kept.slice(-100).toReversed());
    },
  };
  return log;
}
