/** What happens in a run besides faults, one after the other. */
export type Act =
  | 'poll'
  | 'deliver'
  /** The clock moves on. */
  | 'minute'
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
  /** The rest of the log happens; `late`: its first entry appears after its later ones. */
  | 'append'
  | 'append-late'
  /** Filter settings: `narrow` leaves out the deletions (upper case). */
  | 'narrow'
  | 'wide'
  | 'up'
  | 'down'
  | 'hang'
  /** The settings name another tenant, and the right one again. */
  | 'other-tenant'
  | 'own-tenant'
  /** The next count of the queue leaves out what changed in the last minute. */
  | 'stale-counts'
  /** The next log event has an id of an hour ahead. */
  | 'append-future'
  /** A deploy changes the grouping. */
  | 'group-all'
  | 'group-each'
  /** Point-in-time restore of the table to where it was kept. */
  | 'keep-table'
  | 'restore-table'
  /** Operators. */
  | 'purge'
  | 'lose-table'
  | 'redrive'
  | 'dismiss'
  | 'dismiss-unreadable'
  | 'undo-rewind'
  | 'pause-polls'
  | 'pause-deliveries'
  | 'resume-polls'
  | 'resume-deliveries'
  | `rewind-${number}`;

export interface World {
  readonly name: string;
  /** One letter a log event; see `letters.ts`. */
  readonly log: string;
  /** How many of them are there at the start; all by default. */
  readonly initial?: number;
  readonly script: readonly Act[];
  /** A fault that its calls are prone to, such as `send refused-again`. */
  readonly favourite?: string | undefined;
  readonly page: number;
  /** For how many days Auth0 keeps the log; 1 by default. */
  readonly keptDays?: number;
  /** What the settings say of that; 1 by default. */
  readonly saidDays?: number;
  /** At most so many pages become one batch; 1 by default. */
  readonly batchPages?: number;
  /** `concurrentCalls` = reserved × sideBySide. */
  readonly reserved: number;
  readonly sideBySide: number;
  readonly totalOrder?: boolean;
  readonly narrowFirst?: boolean;
  /** Records that SQS hands to an invocation at most. */
  readonly records?: number;
  /** Items that a query of the table answers with at most. */
  readonly tablePage?: number;
  /**
   * After the loss of the table it begins at the log's end, as the default says: only the queue
   * still has the rest.
   */
  readonly latestAfterLoss?: boolean;
  readonly maxReceiveCount?: number;
  /** SEND_AS_BATCH: the records of an invocation go in one request. */
  readonly sendAsBatch?: boolean;
  /** SQS deduplicates in each message group by itself. */
  readonly dedupByGroup?: boolean;
  /** Number of an event that fails until an operator mends the webhook. */
  readonly poison?: number;
  readonly settleSeconds?: number;
  /** An invocation of the poller polls again and again for a minute, so often. */
  readonly pollEverySeconds?: number;
  /** How long each answer of Auth0 takes. */
  readonly slowMs?: number;
}

export const ACT_MINUTES: Partial<Record<Act, number>> = {
  minute: 1,
  dedup: 6,
  visibility: 10,
  hour: 60,
  'almost-day': 23 * 60,
  day: 25 * 60,
  days: 5 * 24 * 60,
  'almost-fortnight': 13 * 24 * 60,
  fortnight: 15 * 24 * 60,
};

/** @param script acts, with spaces between them */
export function smallWorld(name: string, log: string, script: string, options: Partial<World> = {}): World {
  const acts = script.split(' ') as Act[];
  return { name, log, page: 3, reserved: 2, sideBySide: 1, script: acts, ...options };
}
