import type { PollDeps } from '../poll-deps.ts';
import { endOf, type PollEnd } from '../poll-end.ts';
import type { LogPage } from './log-client.ts';
import { hasUnsettled, type PagePart, takeSettled } from './page-part.ts';
import { tooLong } from './request-pause.ts';

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
      const pauseMs = deps.log.pauseMs();
      const end = part?.whole ? endAfter(pauseMs, deps) : endOfLog(page, settleMs);
      if (part && !end) {
        position = part.to;
        coming = following(pauseMs, position, deps);
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
function endAfter(pauseMs: number, { now, mayStartPage }: PollDeps): PollEnd | undefined {
  return tooLong(pauseMs, now()) ?? (mayStartPage() ? undefined : { stoppedBy: 'deadline' });
}

function following(pauseMs: number, position: string, { log, sleep }: PollDeps): Promise<LogPage> {
  const next = pauseMs > 0 ? sleep(pauseMs).then(() => log.page(position)) : log.page(position);
  next.catch(() => {}); // told where it is awaited; until then it must not end the process
  return next;
}
