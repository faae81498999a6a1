import { createFilter } from '../events/event-filter.ts';
import type { PollDeps } from '../poll-deps.ts';
import { endOf, type PollEnd } from '../poll-end.ts';
import { logEndsAt } from './log-end.ts';
import type { LogPage } from './log-page.ts';
import { LogReadError } from './log-read-error.ts';
import { type PagePart, settledIn, takeSettled } from './page-part.ts';
import { tooLong } from './request-pause.ts';

/**
 * An answer of this size takes some 30 MB once it is parsed. The next page is fetched only after it
 * is done with.
 */
const LARGE_BYTES = 4 * 1024 * 1024;

/** What came of asking for the next page. */
export interface PageRead {
  readonly page?: LogPage;
  /** The part of it that is taken now; absent when there is none. */
  readonly part?: PagePart | undefined;
  /** Set when this poll reads no further page. */
  readonly end?: PollEnd;
  /** True when the next page is there at once, so that its events may go into the same batch. */
  readonly goesOn?: boolean;
}

export interface PageReader {
  next(): Promise<PageRead>;
}

/**
 * Reads the log from a position on. Each page is fetched while the one before it is enqueued.
 * @param provenAt when the log was last proven to be read to its end
 */
export function createPageReader(from: string, provenAt: number | undefined, deps: PollDeps): PageReader {
  const settleMs = deps.settings.settleSeconds * 1_000;
  const filter = createFilter(deps.settings.filter);
  let position = from;
  let coming: () => Promise<LogPage> = inAdvance(() => read(position, deps));

  async function next(isRepeated = false): Promise<PageRead> {
    const page = await coming();
    const part = takeSettled(page, position, settleMs);
    if (!part?.whole) {
      const end = await endOfLog(page, part);
      if (end) return { page, part, end: { ...end, rateLimitRemaining: page.rate?.remaining } };
      if (isRepeated) throw contradiction();
      coming = () => read(position, deps);
      return await next(true);
    }
    const pause = deps.log.pauseMs();
    const end = endAfter(pause, deps);
    if (end) return { page, part, end: { ...end, rateLimitRemaining: page.rate?.remaining } };
    position = part.to;
    const isLarge = page.bytes > LARGE_BYTES || page.taken < page.most;
    const fetch = () => pausedPage(pause, position, deps);
    coming = isLarge ? fetch : inAdvance(fetch);
    return { page, part, goesOn: pause === 0 && !isLarge && page.entries.length === page.taken };
  }

  /**
   * Says how the poll ends here. Undefined when Auth0 contradicts itself: a search shows entries
   * that the page does not.
   */
  async function endOfLog(page: LogPage, part: PagePart | undefined): Promise<PollEnd | undefined> {
    const cursor = part?.to ?? position;
    // A page with an entry that has to settle is no false empty answer, so it needs no proof.
    if (settledIn(page, settleMs) !== undefined) {
      // Only waiting events are worth another poll. A tenant always has young logins, and waiting
      // for them would be billed.
      const entries = page.entries.filter((entry) => filter(entry) === 'matched');
      const settledInMs = settledIn({ ...page, entries }, settleMs);
      return { stoppedBy: 'unsettled', settledInMs, provenEnd: cursor };
    }
    const end = part ? 'likely' : await logEndsAt(position, page, provenAt, deps.log);
    if (end === 'more') return undefined;
    return { stoppedBy: 'caught-up', provenEnd: end === 'proven' ? cursor : undefined };
  }

  return {
    next: () =>
      next().catch((failure: unknown) => {
        const isSlow = position !== from && failure instanceof LogReadError && failure.timedOut;
        return { end: isSlow ? { stoppedBy: 'deadline' } : endOf(failure) };
      }),
  };
}

function contradiction(): LogReadError {
  return new LogReadError(
    'auth0.position',
    'Auth0 shows no log events after the cursor, although a search shows newer ones: the next poll tries again',
  );
}

/** Ends the poll when rate or time is used up; undefined while there is enough for another page. */
function endAfter(pause: number, { now, mayStartPage }: PollDeps): PollEnd | undefined {
  return tooLong(pause, now()) ?? (mayStartPage() ? undefined : { stoppedBy: 'deadline' });
}

function read(position: string, { log, pageTimeMs }: PollDeps): Promise<LogPage> {
  return log.page(position, { timeoutMs: pageTimeMs() });
}

function pausedPage(pauseMs: number, position: string, deps: PollDeps): Promise<LogPage> {
  return pauseMs > 0 ? deps.sleep(pauseMs).then(() => read(position, deps)) : read(position, deps);
}

/**
 * Begins the work at once. Its failure is thrown where it is awaited. Until then it must not end
 * the process.
 */
function inAdvance<T>(work: () => Promise<T>): () => Promise<T> {
  const begun = work();
  begun.catch(() => {});
  return () => begun;
}
