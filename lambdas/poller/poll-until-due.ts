import { DEFAULT_POLL_EVERY_SECONDS, POLL_EVERY_SECONDS } from '../shared/contract.ts';
import { field } from '../shared/log-event.ts';
import { growingPause } from './reading/growing-pause.ts';

/** What a poll says about the next one. */
export interface NextPoll {
  /** Auth0's rate limit ended it: nothing before then (epoch milliseconds). */
  readonly retryAt?: number | undefined;
  /**
   * Milliseconds until all events that were too young are settled; absent when there were none.
   */
  readonly settledInMs?: number | undefined;
}

export interface PollUntilDueDeps {
  /** Rejects when the poll failed. */
  readonly poll: () => Promise<NextPoll>;
  readonly everyMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Until the function has to end, less what a poll needs to end well. */
  readonly timeLeftMs: () => number;
}

/**
 * The schedule starts an invocation a minute (a configuration with another schedule is refused).
 */
const PERIOD_MS = 60_000;
/** Settled to the millisecond, an entry would still be young by a clock that is a little slower. */
const SETTLED_MARGIN_MS = 50;
/** Not worth a poll of its own: the regular one comes as soon. */
const SOON_MS = 500;

/**
 * Polls again and again until the next invocation is due, so that an event waits for seconds, not a
 * minute. Each one is a whole poll, with the lock of every other, so that an invocation that dies
 * in between loses nothing and one that overlaps does no harm. One poll's failure ends nothing: the
 * next one comes, later each time; an invocation whose last poll failed fails, which an alarm
 * counts.
 */
export async function pollUntilDue(deps: PollUntilDueDeps): Promise<void> {
  const { poll, everyMs, now, sleep, timeLeftMs } = deps;
  const startedAt = now();
  const failures = growingPause(everyMs, PERIOD_MS);
  const regular = (at: number) => startedAt + (Math.floor((at - startedAt) / everyMs) + 1) * everyMs;
  let failed: { readonly error: unknown } | undefined;
  let isExtra = false;
  for (;;) {
    const next = await poll().then(
      (said) => {
        failed = undefined;
        failures.succeeded();
        return said;
      },
      (error: unknown): NextPoll => {
        failed = { error };
        failures.failed(now());
        return {};
      },
    );
    const at = now();
    const due = Math.max(regular(at), next.retryAt ?? 0, at + failures.leftMs(at));
    // One extra poll for entries that settle before the next one is due. Once they all are: after
    // the first of a steady stream the others would wait for the regular poll all the same.
    const settledAt = at + (next.settledInMs ?? Number.POSITIVE_INFINITY) + SETTLED_MARGIN_MS;
    isExtra = !isExtra && settledAt < due - SOON_MS;
    const wait = (isExtra ? settledAt : due) - at;
    if (at + wait > startedAt + PERIOD_MS - everyMs / 2 || wait >= timeLeftMs()) break;
    await sleep(wait);
  }
  if (failed) throw failed.error;
}

/** From the schedule's event; undefined for any other, which is one poll: somebody's test. */
export function pollEveryMs(event: unknown): number | undefined {
  const seconds = field(event, POLL_EVERY_SECONDS);
  const isInterval = typeof seconds === 'number' && seconds >= 1 && seconds <= DEFAULT_POLL_EVERY_SECONDS;
  return isInterval ? seconds * 1_000 : undefined;
}
