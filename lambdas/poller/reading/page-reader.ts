import type { PollDeps } from '../poll-deps.ts';
import { endOf, type PollEnd } from '../poll-end.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';
import { type PagePart, settledIn, takeSettled } from './page-part.ts';
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
  let coming = read(position, deps);
  let isFirst = true;

  return {
    async next() {
      const page = await coming.catch((failure: unknown) => (isFirst ? endOf(failure) : endOfLater(failure)));
      if ('stoppedBy' in page) return { end: page };
      isFirst = false;
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
  const settledInMs = settledIn(page, settleMs);
  return settledInMs === undefined ? { stoppedBy: 'caught-up' } : { stoppedBy: 'unsettled', settledInMs };
}

/** A page that came to nothing only because the poll was over is for the next one. */
function endOfLater(failure: unknown): PollEnd {
  return failure instanceof LogReadError && failure.timedOut ? { stoppedBy: 'deadline' } : endOf(failure);
}

/** Undefined when there is rate and time for another page. */
function endAfter(pauseMs: number, { now, mayStartPage }: PollDeps): PollEnd | undefined {
  return tooLong(pauseMs, now()) ?? (mayStartPage() ? undefined : { stoppedBy: 'deadline' });
}

function read(position: string, { log, pageTimeMs }: PollDeps): Promise<LogPage> {
  return log.page(position, { timeoutMs: pageTimeMs() });
}

function following(pauseMs: number, position: string, deps: PollDeps): Promise<LogPage> {
  const next = pauseMs > 0 ? deps.sleep(pauseMs).then(() => read(position, deps)) : read(position, deps);
  next.catch(() => {}); // told where it is awaited; until then it must not end the process
  return next;
}
