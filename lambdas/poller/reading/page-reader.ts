import type { PollDeps } from '../poll-deps.ts';
import { endOf, type PollEnd } from '../poll-end.ts';
import type { LogPage } from './log-client.ts';
import { hasUnsettled, type PagePart, takeSettled } from './page-part.ts';
import { isSpent } from './rate-limit.ts';

/** Waiting for a bucket that is refilled soon (every second on the free plan) beats waiting for the next poll. */
const LONGEST_PAUSE_MS = 2_500;

/** What came of asking for the next page. */
export interface PageRead {
  readonly page?: LogPage;
  /** What is taken of it now, if anything. */
  readonly part?: PagePart | undefined;
  /** Given when no further page is read in this poll. */
  readonly end?: PollEnd;
}

export interface PageReader {
  next(): Promise<PageRead>;
}

/** Reads the log from a position on. Each page is fetched while the one before it is enqueued. */
export function createPageReader(from: string, deps: PollDeps): PageReader {
  const settleMs = deps.settings.settleSeconds * 1_000;
  let position = from;
  let coming = deps.log.page(position);

  return {
    async next() {
      const page = await coming.catch(endOf);
      if ('stoppedBy' in page) return { end: page };
      const part = takeSettled(page, position, settleMs);
      const end = part?.whole ? endAfter(page, deps) : endOfLog(page, settleMs);
      if (part && !end) {
        position = part.to;
        coming = following(page, position, deps);
      }
      const rateLimitRemaining = page.rate?.remaining;
      return { page, part, ...(end ? { end: { ...end, rateLimitRemaining } } : {}) };
    },
  };
}

function endOfLog(page: LogPage, settleMs: number): PollEnd {
  return { stoppedBy: hasUnsettled(page, settleMs) ? 'unsettled' : 'caught-up' };
}

/** Undefined when there is rate and time for another page. */
function endAfter(page: LogPage, { now, mayStartPage }: PollDeps): PollEnd | undefined {
  const pause = pauseAfter(page);
  if (pause > LONGEST_PAUSE_MS) return { stoppedBy: 'rate-limit', retryAt: now() + pause };
  return mayStartPage() ? undefined : { stoppedBy: 'deadline' };
}

/** Milliseconds before the next request. */
function pauseAfter({ rate, readAt }: LogPage): number {
  return rate && isSpent(rate) ? Math.max(0, rate.resetAt - readAt) : 0;
}

function following(page: LogPage, position: string, { log, sleep }: PollDeps): Promise<LogPage> {
  const pause = pauseAfter(page);
  const next = pause > 0 ? sleep(pause).then(() => log.page(position)) : log.page(position);
  next.catch(() => {}); // told where it is awaited; until then it must not end the process
  return next;
}
