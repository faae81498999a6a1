import type { DeadLetter } from '../../lambdas/shared/operations/dead-letters.ts';
import type { Standing } from '../../lambdas/shared/operations/standing.ts';
import type { FiringAlarm, LoggedLine } from '../connect/connection.ts';
import type { HeldEndpoint } from './read-endpoint.ts';

/** What is wrong, and the next thing to do about it. */
export interface Problem {
  readonly what: string;
  readonly todo: string;
  /** True when it stops every event; false when it holds back some. */
  readonly stopsAll: boolean;
  /** Epoch milliseconds; undefined when that is not known. */
  readonly since?: number | undefined;
}

export interface Facts {
  readonly place: string;
  /** Where things stand by the ledger and the queues. */
  readonly standing: Standing;
  /** Failed events that will be tried again, counted in the first open batches. */
  readonly failing: number;
  /** Seconds since the oldest undelivered event; 0 when nothing waits. */
  readonly lagSeconds: number;
  /** Time of the last log event that was read, epoch milliseconds. */
  readonly cursorAt: number | undefined;
  readonly deadLetters: readonly DeadLetter[];
  readonly lastPoll: LoggedLine | undefined;
  /** The newest poll that ended well within the last hour. */
  readonly lastGoodPoll: LoggedLine | undefined;
  readonly lastDelivery: LoggedLine | undefined;
  /** The newest failed attempt, unless an event was delivered after it. */
  readonly lastFailure: LoggedLine | undefined;
  /** Undefined while the endpoint is well; `unknown` without the right to read its settings. */
  readonly endpoint: HeldEndpoint | 'unknown' | undefined;
  /** Undefined where there are no alarms. */
  readonly alarms: readonly FiringAlarm[] | undefined;
}

export interface Status extends Facts {
  /** Most urgent first. */
  readonly problems: readonly Problem[];
}
