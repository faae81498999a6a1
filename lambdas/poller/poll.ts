import type { State } from '../shared/ledger/items.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import { idOf, type LogEvent } from '../shared/log-event.ts';
import { timeOf } from '../shared/log-position.ts';
import type { Log } from '../shared/logger.ts';
import type { EventQueue } from '../shared/queue/event-queue.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import { createFilter } from './events/event-filter.ts';
import { toMessage } from './events/event-message.ts';
import { conclude, type PollReport } from './poll-report.ts';
import { createGapDetector } from './reading/gap.ts';
import type { LogClient, LogPage } from './reading/log-client.ts';
import { LogReadError } from './reading/log-read-error.ts';
import { hasUnsettled, takeSettled } from './reading/page-part.ts';
import { openState } from './reading/start-position.ts';
import { reconcile } from './repair/reconcile.ts';
import { finishLastBatch, sweep } from './repair/repair.ts';

export interface PollDeps {
  readonly log: LogClient;
  readonly ledger: Ledger;
  readonly queue: EventQueue;
  readonly settings: Auth0Settings;
  readonly tell: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly randomId: () => string;
  /** Whether there is time left to read and enqueue one more page. */
  readonly mayStartPage: () => boolean;
}

/** Waiting for a token that comes back soon (on every plan within a second or so) beats waiting for the next poll. */
const LONGEST_PAUSE_MS = 5_000;

/**
 * One poll (DESIGN §4): finishes what an earlier one left, then reads page after page, and for each one that holds
 * events writes a batch, claims it by moving the cursor, sends its events, and only then marks it enqueued. A crash
 * between any two of these is finished by the next poll. Fills in the report as it goes.
 */
export async function poll(deps: PollDeps, report: PollReport): Promise<void> {
  const { log, ledger, queue, settings, now } = deps;
  try {
    const pause = log.pauseMs(); // of the poll before this one
    if (pause > 0 && !isTooLong(pause)) await deps.sleep(pause);
    const state = isTooLong(pause) ? undefined : await readyState();
    if (state) await readPages(state);
  } catch (error) {
    // Auth0's rate limit is an ordinary end: what was read so far is enqueued, the next poll goes on.
    if (!(error instanceof LogReadError) || error.reason !== 'auth0.rate-limit') throw error;
    report.stoppedBy = 'rate-limit';
    report.retryAt = error.retryAt;
  }
  await conclude(ledger, now(), report);

  /** The state, once everything that an earlier poll left is put right; undefined when this poll is to end here. */
  async function readyState(): Promise<State | undefined> {
    const state = await openState(deps);
    if (state === 'empty') report.stoppedBy = 'caught-up';
    if (state === 'empty' || state === 'overtaken') return undefined;
    const batches = await sweep(state, ledger);
    const reconciled = await reconcile(state, batches, deps, report);
    if (reconciled) await finishLastBatch(reconciled, deps, report);
    return reconciled;
  }

  async function readPages(from: State): Promise<void> {
    const filter = createFilter(settings.filter);
    const settleMs = settings.settleSeconds * 1_000;
    const gaps = createGapDetector(deps, await ledger.caughtUpAt(from.cursor));
    let state: State | undefined = from;
    let next: Promise<LogPage> | undefined = log.page(from.cursor);
    while (next) {
      const page: LogPage = await next;
      report.rateLimitRemaining = page.rate?.remaining;
      gaps.check(state.cursor, page, report);
      const part = takeSettled(page, state.cursor, settleMs);
      if (!part?.whole) report.stoppedBy = hasUnsettled(page, settleMs) ? 'unsettled' : 'caught-up';
      if (!part) return;
      next = part.whole ? following(part.to) : undefined;

      report.pages++;
      report.read += part.entries.length;
      const events = part.entries.filter((entry) => {
        const verdict = filter(entry);
        report.verdicts[verdict]++;
        return verdict === 'matched';
      });
      state =
        events.length === 0 ? await moveCursor(state, part.to) : await enqueueBatch(state, part.to, events);
      if (!state) {
        report.stoppedBy = 'overtaken';
        return;
      }
    }
  }

  function moveCursor(state: State, to: string): Promise<State | undefined> {
    return ledger.claim(state, { cursor: to, last: state.last });
  }

  async function enqueueBatch(
    state: State,
    to: string,
    events: readonly LogEvent[],
  ): Promise<State | undefined> {
    const from = state.cursor;
    const ids = events.map(idOf);
    const batch = await ledger.putBatch({
      from,
      to,
      seq: state.seq + 1,
      openedAt: now(),
      oldestAt: timeOf(ids[0] ?? '') ?? now(),
      pending: new Set(ids.keys()),
    });
    const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });
    if (!claimed) return undefined; // another poll was first; a later one deletes this batch, which was never claimed
    report.matched += events.length;
    const place = (ordinal: number) => ({ ledger: state.ledger, batch, ordinal });
    await queue.send(events.map((event, ordinal) => toMessage(event, place(ordinal), settings.body, report)));
    await ledger.markEnqueued(batch);
    return claimed;
  }

  /** Ends the poll when the bucket of Auth0 asks for more patience than pays. */
  function isTooLong(pause: number): boolean {
    if (pause <= LONGEST_PAUSE_MS) return false;
    report.stoppedBy = 'rate-limit';
    report.retryAt = now() + pause;
    return true;
  }

  /** The next page, fetched while this one is enqueued; undefined when the poll has to end here. */
  function following(to: string): Promise<LogPage> | undefined {
    const pause = log.pauseMs();
    if (isTooLong(pause)) return undefined;
    if (!deps.mayStartPage()) {
      report.stoppedBy = 'deadline';
      return undefined;
    }
    const next = pause > 0 ? deps.sleep(pause).then(() => log.page(to)) : log.page(to);
    next.catch(() => {}); // told where it is awaited; until then it must not end the process
    return next;
  }
}
