import * as z from 'zod/mini';
import { CURRENT_RESOURCE_VERSION, RESOURCE_VERSIONS, type ResourceVersion } from '../resource-version.ts';
import { boolean, type Item, number, numbers, string, strings } from './attribute-values.ts';

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

const lastItem = z.pipe(
  z.object({ M: z.object({ id: string, from: string, to: string, ids: strings }) }),
  z.transform(({ M }) => M),
);
const groupingItem = z.pipe(
  z.object({ M: z.object({ order: string, version: number }) }),
  z.transform(
    ({ M }): Grouping => ({
      order: ORDERS.find((order) => order === M.order) ?? 'resource',
      // Of a later version that was rolled back: none of its rules are known here.
      version: RESOURCE_VERSIONS.find((version) => version === M.version) ?? CURRENT_RESOURCE_VERSION,
    }),
  ),
);
const abandonedItem = z.pipe(
  z.object({ M: z.object({ first: z.optional(string), seq: number, wholly: boolean }) }),
  z.transform(({ M }): Abandoned => M),
);
const stateItem = z.object({
  ledger: string,
  cursor: string,
  seq: number,
  last: z.optional(lastItem),
  tenant: z.optional(string),
  grouping: z.optional(groupingItem),
  abandoned: z.optional(abandonedItem),
  startsAnew: z.optional(boolean),
  rewoundFrom: z.optional(string),
});
const failure = z.pipe(
  z.object({ M: z.object({ attempts: number, firstAt: number }) }),
  z.transform(({ M }) => M),
);
const batchItem = z.object({
  sk: string,
  ledger: z.optional(string),
  from: string,
  to: string,
  seq: number,
  openedAt: number,
  oldestAt: number,
  enqueued: boolean,
  pending: numbers,
  unreadable: numbers,
  deadLettered: numbers,
  failures: z.object({ M: z.record(z.string(), failure) }),
});

export function parseState(item: Item): State {
  return stateItem.parse(item);
}

export function parseBatch(item: Item): Batch {
  const { sk, failures, deadLettered, ...rest } = batchItem.parse(item);
  const byOrdinal = new Map(Object.entries(failures.M).map(([ordinal, value]) => [Number(ordinal), value]));
  const told = rest.ledger === undefined ? undefined : deadLettered;
  return { ...rest, id: sk, deadLettered: told, failures: byOrdinal };
}
