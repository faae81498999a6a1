import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';

/** The table's items (docs/protocol.md, "What is stored"): what is in flight and nothing else. */

/** The newest batch that was claimed: what a poll needs to finish the sending of a poll that died. */
export interface LastBatch {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ids of its events; an event's ordinal is its index here. */
  readonly ids: readonly string[];
}

export interface State {
  /** Random, drawn when the table is first used: tells the messages of another table. */
  readonly ledger: string;
  /** `log_id` up to which the log has been read and its events enqueued; `''` = the beginning of the log. */
  readonly cursor: string;
  /** Incremented by every write of the state, on condition that it is as read: the lock between overlapping polls. */
  readonly seq: number;
  readonly last?: LastBatch | undefined;
  /** Where the cursor was before a rewind of which nothing was read yet: until then it can be undone. */
  readonly rewoundFrom?: string | undefined;
}

export interface Failure {
  readonly attempts: number;
  /** Epoch milliseconds of the first attempt. */
  readonly firstAt: number;
}

export interface Batch {
  readonly id: string;
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
  readonly failures: ReadonlyMap<number, Failure>;
}

/** Since when (epoch milliseconds), and over how many polls, batches have been open while both queues were empty. */
export interface Quiet {
  readonly since: number;
  readonly polls: number;
}

export type Item = Record<string, AttributeValue>;

const text = z.object({ S: z.string() });
const number = z.pipe(
  z.object({ N: z.string() }),
  z.transform(({ N }) => Number(N)),
);
const numbers = z.pipe(
  z.optional(z.object({ NS: z.array(z.string()) })),
  z.transform((set) => new Set(set?.NS.map(Number))),
);
const texts = z.pipe(
  z.object({ L: z.array(text) }),
  z.transform(({ L }) => L.map(({ S }) => S)),
);
const string = z.pipe(
  text,
  z.transform(({ S }) => S),
);

const lastItem = z.pipe(
  z.object({ M: z.object({ id: string, from: string, to: string, ids: texts }) }),
  z.transform(({ M }) => M),
);
const stateItem = z.object({
  ledger: string,
  cursor: string,
  seq: number,
  last: z.optional(lastItem),
  rewoundFrom: z.optional(string),
});
const failure = z.pipe(
  z.object({ M: z.object({ attempts: number, firstAt: number }) }),
  z.transform(({ M }) => M),
);
const batchItem = z.object({
  sk: string,
  from: string,
  to: string,
  seq: number,
  openedAt: number,
  oldestAt: number,
  enqueued: z.object({ BOOL: z.boolean() }),
  pending: numbers,
  unreadable: numbers,
  failures: z.object({ M: z.record(z.string(), failure) }),
});

const checkpointItem = z.object({ caughtUpAt: z.optional(number), caughtUpCursor: z.optional(string) });

export type Checkpoint = z.infer<typeof checkpointItem>;
const quietItem = z.object({ since: number, polls: number });

export function parseCheckpoint(item: Item): Checkpoint {
  return checkpointItem.parse(item);
}

export function parseQuiet(item: Item): Quiet {
  return quietItem.parse(item);
}

export function parseState(item: Item): State {
  return stateItem.parse(item);
}

export function parseBatch(item: Item): Batch {
  const { sk, enqueued, failures, ...rest } = batchItem.parse(item);
  const byOrdinal = new Map(Object.entries(failures.M).map(([ordinal, value]) => [Number(ordinal), value]));
  return { ...rest, id: sk, enqueued: enqueued.BOOL, failures: byOrdinal };
}

export const S = (value: string): AttributeValue => ({ S: value });
export const N = (value: number): AttributeValue => ({ N: String(value) });
export const NS = (values: Iterable<number>): AttributeValue => ({ NS: [...values].map(String) });

export function lastOf(batch: LastBatch): AttributeValue {
  return { M: { id: S(batch.id), from: S(batch.from), to: S(batch.to), ids: { L: batch.ids.map(S) } } };
}

export function failureOf({ attempts, firstAt }: Failure): AttributeValue {
  return { M: { attempts: N(attempts), firstAt: N(firstAt) } };
}
