import type { ResourceVersion } from '../resource-version.ts';

/** The table's items (docs/protocol.md, "What is stored"): what is in flight, and nothing else. */

/** The newest batch that was claimed. With it a poll can finish the sending of one that died. */
export interface LastBatch {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ids of its events; an event's ordinal is its index here. */
  readonly ids: readonly string[];
}

/**
 * How events are put into SQS message groups (by resource, or all in one), and the rules that tell
 * their resource.
 */
export interface Grouping {
  readonly order: Order;
  readonly version: ResourceVersion;
}

export const ORDERS = ['resource', 'total'] as const;
export type Order = (typeof ORDERS)[number];

/** Batches whose range is read again. They are removed a page at a time, over several polls. */
export interface Abandoned {
  /** The first of these batches; the very first of all when it is undefined. */
  readonly first?: string | undefined;
  /** Only batches that are not newer than this. */
  readonly seq: number;
  /** True when those that wait for an operator go too, as they belong to a former tenant. */
  readonly wholly: boolean;
}

/**
 * Numbers of the state that no batch was ever given: those after `after`, up to and with `until`. A
 * table that was restored to an older time would give them out a second time. A message of a batch
 * that this table never had would then look like one of its own.
 */
export interface Skipped {
  readonly after: number;
  readonly until: number;
}

export interface State {
  /**
   * A random id, drawn when the table is first used or bound to another tenant. It tells the
   * messages of another ledger.
   */
  readonly ledger: string;
  /**
   * The `log_id` up to which the log has been read and its events enqueued; `''` = the beginning of
   * the log.
   */
  readonly cursor: string;
  /**
   * Incremented by every write of the state, on condition that it is as it was read. That is the
   * lock between polls that overlap.
   */
  readonly seq: number;
  readonly last?: LastBatch | undefined;
  /**
   * The tenant's own domain: the cursor is a position in its log. Absent in a table of version 1.0.
   */
  readonly tenant?: string | undefined;
  /** Absent in a table of version 1.0. */
  readonly grouping?: Grouping | undefined;
  readonly abandoned?: Abandoned | undefined;
  /**
   * True when an operator has bound the ledger to another tenant. The next poll takes its position
   * from START_FROM.
   */
  readonly startsAnew?: boolean | undefined;
  /**
   * Where the cursor was before a rewind. It is there until something was read again, so that the
   * rewind can be undone.
   */
  readonly rewoundFrom?: string | undefined;
  /** Oldest first; absent when there are none. */
  readonly skipped?: readonly Skipped[] | undefined;
}

export interface Failure {
  readonly attempts: number;
  /** Epoch milliseconds of the first attempt. */
  readonly firstAt: number;
}

export interface Batch {
  readonly id: string;
  /**
   * The ledger that the batch belongs to; undefined in a table of version 1.0, where all belong to
   * the state's.
   */
  readonly ledger?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** When its first event happened (epoch milliseconds), for the lag. */
  readonly oldestAt: number;
  readonly enqueued: boolean;
  /** Which sending of its events has begun: 0 the first, 1 that in which they are sent anew. */
  readonly round: number;
  /** The round whose sending was marked; messages of an earlier one are superseded. */
  readonly sentRound: number;
  /** Ordinals that were not sent anew, so that their messages count whatever their round. */
  readonly kept: ReadonlySet<number>;
  readonly pending: ReadonlySet<number>;
  /** Ordinals that could neither be sent nor read again, as Auth0 no longer keeps them. */
  readonly unreadable: ReadonlySet<number>;
  /**
   * Ordinals whose message was moved to the dead-letter queue; undefined in a batch of version 1.0,
   * which does not say.
   */
  readonly deadLettered?: ReadonlySet<number> | undefined;
  readonly failures: ReadonlyMap<number, Failure>;
}

/** What a poll leaves with the checkpoint. A delivery leaves nothing. */
export interface PollSign {
  /** When the poll began (epoch milliseconds). Entries that came since then may be unread. */
  readonly at: number;
  /** The state's `seq`. Given when the poll has worked on this table. */
  readonly seq?: number | undefined;
  /** The cursor. Given when the log is proven to end there. */
  readonly end?: string | undefined;
}
