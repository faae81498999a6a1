import { LogReadError } from './reading/log-read-error.ts';

/** Why a poll ended. `failed` has its reason in `failure`; `paused` is an operator's doing. */
export type StoppedBy =
  | 'caught-up'
  | 'unsettled'
  | 'deadline'
  | 'rate-limit'
  | 'overtaken'
  | 'paused'
  | 'failed';

export interface PollEnd {
  readonly stoppedBy: StoppedBy;
  /** Epoch milliseconds, with `rate-limit`. */
  readonly retryAt?: number | undefined;
  /**
   * With `unsettled`: milliseconds until all events that are too young are settled. Undefined when
   * the young entries are no events.
   */
  readonly settledInMs?: number | undefined;
  /** Requests that Auth0 still allowed after the last page. */
  readonly rateLimitRemaining?: number | undefined;
  /** With `caught-up`: the position at which the log ends, by two answers of Auth0. */
  readonly provenEnd?: string | undefined;
  /** What was thrown. */
  readonly failure?: unknown;
}

/**
 * Tells the end of a poll from what was thrown. Auth0's rate limit is an ordinary end: what was
 * read is enqueued, and the next poll goes on.
 */
export function endOf(failure: unknown): PollEnd {
  return failure instanceof LogReadError && failure.reason === 'auth0.rate-limit'
    ? { stoppedBy: 'rate-limit', retryAt: failure.retryAt }
    : { stoppedBy: 'failed', failure };
}

/** True when everything that Auth0 showed was read, but for entries that still have to settle. */
export function isCaughtUp({ stoppedBy }: PollEnd): boolean {
  return stoppedBy === 'caught-up' || stoppedBy === 'unsettled';
}
