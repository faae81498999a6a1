import type { ResourceVersion } from '../resource-version.ts';

/** The table's items (docs/protocol.md, "What is stored"): what is in flight and nothing else. */

/**
 * The newest batch that was claimed: what a poll needs to finish the sending of a poll that died.
 */
export interface LastBatch {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ids of its events; an event's ordinal is its index here. */
  readonly ids: readonly string[];
}

/**
 * How events are put into SQS message groups: by resource, or all in one; and the rules by which
 * resources are told.
 */
export interface Grouping {
  readonly order: Order;
  readonly version: ResourceVersion;
}

export const ORDERS = ['resource', 'total'] as const;
export type Order = (typeof ORDERS)[number];

/** Batches that are read again, and are removed a page at a time, over several polls. */
export interface Abandoned {
  /** From this batch on; from the very first when it is undefined. */
  readonly first?: string | undefined;
  /** Those that are not newer than this. */
  readonly seq: number;
  /**
   * Also what waits for an operator in them: they are of a tenant that the ledger was bound to
   * before.
   */
  readonly wholly: boolean;
}

/**
 * Numbers of the state that were never given to a batch: those after `after`, up to and with
 * `until`. A table that was restored to an older time would give them out a second time; a message
 * of a batch that it has not seen would then look as old as its own.
 */
export interface Skipped {
  readonly after: number;
  readonly until: number;
}

export interface State {
  /**
   * Random, drawn when the table is first used or bound to another tenant: tells the messages of
   * another ledger.
   */
  readonly ledger: string;
  /**
   * `log_id` up to which the log has been read and its events enqueued; `''` = the beginning of the
   * log.
   */
  readonly cursor: string;
  /**
   * Incremented by every write of the state, on condition that it is as read: the lock between
   * overlapping polls.
   */
  readonly seq: number;
  readonly last?: LastBatch | undefined;
  /**
   * Whose log the cursor is a position in: the tenant's own domain. Absent in a table of version
   * 1.0.
   */
  readonly tenant?: string | undefined;
  /** Absent in a table of version 1.0. */
  readonly grouping?: Grouping | undefined;
  readonly abandoned?: Abandoned | undefined;
  /**
   * An operator bound the ledger to another tenant: the next poll takes the position from
   * START_FROM.
   */
  readonly startsAnew?: boolean | undefined;
  /**
   * Where the cursor was before a rewind of which nothing was read yet: until then it can be
   * undone.
   */
  readonly rewoundFrom?: string | undefined;
  /** Oldest first; absent: none. */
  readonly skipped?: readonly Skipped[] | undefined;
}

export interface Failure {
  readonly attempts: number;
  /** Epoch milliseconds of the first attempt. */
  readonly firstAt: number;
}

export interface Batch {
  readonly id: string;
  /** Whose it is; undefined in a table of version 1.0, where all are the state's. */
  readonly ledger?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  /** When its first event happened (epoch milliseconds), for lag. */
  readonly oldestAt: number;
  readonly enqueued: boolean;
  readonly pending: ReadonlySet<number>;
  /** Ordinals that could be neither sent nor read again: Auth0 no longer keeps them. */
  readonly unreadable: ReadonlySet<number>;
  /**
   * Ordinals whose message was moved to the dead-letter queue; undefined in a batch of version 1.0,
   * which does not tell.
   */
  readonly deadLettered?: ReadonlySet<number> | undefined;
  readonly failures: ReadonlyMap<number, Failure>;
}

/** What a poll leaves with the checkpoint; a delivery leaves nothing. */
export interface PollSign {
  /** When the poll began (epoch milliseconds): what came since then may be unread. */
  readonly at: number;
  /** The state's. Given when the poll has worked on this table. */
  readonly seq?: number | undefined;
  /** The cursor, given when the log is proven to end there. */
  readonly end?: string | undefined;
}
