/** What happens in a run besides faults, one after the other. */
export type Act =
  | 'poll'
  | 'deliver'
  /** The clock moves on. */
  | 'minute'
  | 'almost-timeout'
  | 'dedup'
  | 'visibility'
  | 'hour'
  | 'day'
  | 'days'
  | 'almost-day'
  | 'almost-fortnight'
  | 'fortnight'
  /** The next log event happens. */
  | 'append-one'
  /** The rest of the log happens. `late`: its first entry appears after its later ones. */
  | 'append'
  | 'append-late'
  /** Filter settings change. `narrow` leaves out the deletions (upper case). */
  | 'narrow'
  | 'wide'
  | 'up'
  | 'down'
  | 'hang'
  /** The settings name another tenant, and then the right one again. */
  | 'other-tenant'
  | 'own-tenant'
  /** The next count of the queue leaves out what changed in the last minute. */
  | 'stale-counts'
  /** The next log event has an id of an hour ahead. */
  | 'append-future'
  /** A deploy changes the grouping. */
  | 'group-all'
  | 'group-each'
  /** The table is kept, and later restored to that point in time. */
  | 'keep-table'
  | 'restore-table'
  /** Operators. */
  | 'purge'
  | 'lose-table'
  | 'redrive'
  /** This one may be interrupted. */
  | 'redrive-cut'
  | 'dismiss'
  | 'dismiss-unreadable'
  | 'undo-rewind'
  | 'pause-polls'
  | 'pause-deliveries'
  | 'resume-polls'
  | 'resume-deliveries'
  | `rewind-${number}`
  | `resend-${number}`
  | 'resend-range'
  | 'test-event'
  /** Binds the ledger to the other tenant, or back. `force` does so whatever is open. */
  | 'rebind-other'
  | 'rebind-own'
  | 'force-other'
  | 'force-own';

export interface World {
  readonly name: string;
  /** One letter for each log event (see `letters.ts`). */
  readonly log: string;
  /** Log events that are there at the start; by default all. */
  readonly initial?: number;
  readonly script: readonly Act[];
  /** A fault that the world's calls are prone to, such as `send refused-again`. */
  readonly favourite?: string | undefined;
  /** Calls before which its processes are prone to pause, such as `post`. */
  readonly pausesAt?: readonly string[];
  readonly page: number;
  /** Days that Auth0 keeps the log; by default 1. */
  readonly keptDays?: number;
  /** Days that the settings say it does; by default 1. */
  readonly saidDays?: number;
  /** Pages of one batch at most; by default 1. */
  readonly batchPages?: number;
  /** `concurrentCalls` = reserved × sideBySide. */
  readonly reserved: number;
  readonly sideBySide: number;
  readonly totalOrder?: boolean;
  /**
   * True for `concurrentCalls: 1` without reserved concurrency: two invocations run, and a lease
   * keeps them apart.
   */
  readonly lease?: boolean;
  readonly narrowFirst?: boolean;
  /** Records that SQS hands to an invocation at most. */
  readonly records?: number;
  /** Items that a query of the table answers with at most. */
  readonly tablePage?: number;
  /**
   * True when a table after a loss begins at the log's end, as the default says. Only the queue
   * then has the rest.
   */
  readonly latestAfterLoss?: boolean;
  readonly maxReceiveCount?: number;
  /** True with SEND_AS_BATCH: the records of an invocation go in one request. */
  readonly sendAsBatch?: boolean;
  /** True when SQS deduplicates in each message group by itself. */
  readonly dedupByGroup?: boolean;
  /** Number of an event that fails until an operator mends the webhook. */
  readonly poison?: number;
  /** True when the first test event fails, too. */
  readonly refusesTest?: boolean;
  readonly settleSeconds?: number;
  /** Seconds between the polls of one invocation, which polls for a minute. */
  readonly pollEverySeconds?: number;
  /** Milliseconds that each answer of Auth0 takes. */
  readonly slowMs?: number;
}

export const ACT_MINUTES: Partial<Record<Act, number>> = {
  minute: 1,
  'almost-timeout': 87 / 60,
  dedup: 6,
  visibility: 10,
  hour: 60,
  'almost-day': 23 * 60,
  day: 25 * 60,
  days: 5 * 24 * 60,
  'almost-fortnight': 13 * 24 * 60,
  fortnight: 15 * 24 * 60,
};

/**
 * Makes a small world.
 * @param script acts with spaces between them
 */
export function smallWorld(name: string, log: string, script: string, options: Partial<World> = {}): World {
  const acts = script.split(' ') as Act[];
  return { name, log, page: 3, reserved: 2, sideBySide: 1, script: acts, ...options };
}
