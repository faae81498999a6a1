import * as z from 'zod/mini';
import { CURRENT_RESOURCE_VERSION, RESOURCE_VERSIONS } from '../resource-version.ts';
import { boolean, type Item, number, numbers, string, strings } from './attribute-values.ts';
import { type Abandoned, type Batch, type Grouping, ORDERS, type State } from './items.ts';

const lastItem = z.pipe(
  z.object({ M: z.object({ id: string, from: string, to: string, ids: strings }) }),
  z.transform(({ M }) => M),
);
const groupingItem = z.pipe(
  z.object({ M: z.object({ order: string, version: number }) }),
  z.transform(
    ({ M }): Grouping => ({
      order: ORDERS.find((order) => order === M.order) ?? 'resource',
      // A later version that was rolled back wrote this. None of its rules are known here.
      version: RESOURCE_VERSIONS.find((version) => version === M.version) ?? CURRENT_RESOURCE_VERSION,
    }),
  ),
);
const abandonedItem = z.pipe(
  z.object({ M: z.object({ first: z.optional(string), seq: number, wholly: boolean }) }),
  z.transform(({ M }): Abandoned => M),
);
const skippedItem = z.pipe(
  z.object({ L: z.array(z.object({ M: z.object({ after: number, until: number }) })) }),
  z.transform(({ L }) => L.map(({ M }) => M)),
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
  skipped: z.optional(skippedItem),
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
  round: z._default(number, 0),
  sentRound: z._default(number, 0),
  kept: numbers,
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
  const marked = rest.ledger === undefined ? undefined : deadLettered;
  return { ...rest, id: sk, deadLettered: marked, failures: byOrdinal };
}
