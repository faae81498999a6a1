import { DEFAULT_POLL_EVERY_SECONDS, POLL_EVERY_SECONDS } from '../shared/contract.ts';
import { field } from '../shared/log-event.ts';
import { growingPause } from './reading/growing-pause.ts';

/** What a poll says about when the next one is due. */
export interface NextPoll {
  /** With a rate limit: no poll before then, epoch milliseconds. */
  readonly retryAt?: number | undefined;
  /** Milliseconds until all events that were too young are settled; absent when there were none. */
  readonly settledInMs?: number | undefined;
  /** Events that the poll enqueued. */
  readonly matched?: number | undefined;
}

export interface PollUntilDueDeps {
  /** Rejects when the poll failed. */
  readonly poll: () => Promise<NextPoll>;
  readonly everyMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds until the function has to end, less what a poll needs to end well. */
  readonly timeLeftMs: () => number;
}

/**
 * The schedule starts an invocation every minute. A configuration with another schedule is refused.
 */
const PERIOD_MS = 60_000;
/**
 * Added to the time at which an entry is settled. To the millisecond, a slightly slower clock would
 * still call it young.
 */
const SETTLED_MARGIN_MS = 50;
/** An extra poll is not worth its cost when the regular one comes this soon. */
const SOON_MS = 500;
/**
 * A poll with more events than these met a stream. Polled once a minute, it plans no extra poll: in
 * a stream nearly all events wait for the regular poll, and some are young at every one. An extra
 * poll each minute would serve one event in twelve, and nearly double what a million events a month
 * cost (docs/decisions/0011-what-a-steady-stream-costs.md). Polled more often, the function is kept
 * for the next poll anyway, and sooner is what was asked for.
 */
const FEW_EVENTS = 10;

/**
 * Polls again and again until the next invocation is due, so that an event waits for seconds, not
 * for a minute. Each poll is a whole one, with the lock of every other: an invocation that dies in
 * between loses nothing, and two that overlap do no harm. After a poll that fails the next one
 * comes, later each time. An invocation fails when its last poll failed, and an alarm counts that.
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
    // Plans one extra poll for entries that settle before the next poll is due, at the time when
    // all are settled. In a steady stream a poll for the first one would leave the others to the
    // regular poll all the same.
    const settledAt = at + (next.settledInMs ?? Number.POSITIVE_INFINITY) + SETTLED_MARGIN_MS;
    const isStream = everyMs >= PERIOD_MS && (next.matched ?? 0) > FEW_EVENTS;
    isExtra = !isExtra && !isStream && settledAt < due - SOON_MS;
    const wait = (isExtra ? settledAt : due) - at;
    if (at + wait > startedAt + PERIOD_MS - everyMs / 2 || wait >= timeLeftMs()) break;
    await sleep(wait);
  }
  if (failed) throw failed.error;
}

/**
 * How often to poll, from the schedule's event. Undefined for any other event, such as somebody's
 * test; that means one poll.
 */
export function pollEveryMs(event: unknown): number | undefined {
  const seconds = field(event, POLL_EVERY_SECONDS);
  const isInterval = typeof seconds === 'number' && seconds >= 1 && seconds <= DEFAULT_POLL_EVERY_SECONDS;
  return isInterval ? seconds * 1_000 : undefined;
}
