import * as z from 'zod';
import { type Delivery, rowOf } from './delivery.ts';
import type { Counts, Group, Listed } from './shapes.ts';

/**
 * Deliveries that a page shows at a time: enough to scroll through, few enough to be drawn in a
 * frame.
 */
export const PAGE_SIZE = 100;

const STATES = ['waiting', 'delivered', 'retry', 'dead-lettered', 'dismissed'] as const;

/** Which deliveries are wanted, from the query of the URL. */
export const bookQuery = z.object({
  outcome: z.enum(['all', ...STATES]).catch('all'),
  text: z.string().catch(''),
  resource: z.string().catch(''),
  type: z.string().catch(''),
  page: z.coerce.number().int().min(0).catch(0),
});
export type BookQuery = z.infer<typeof bookQuery>;

export function listed(all: Iterable<Delivery>, query: BookQuery): Listed {
  const matches = matching(query);
  const found: Delivery[] = [];
  const types: Record<string, number> = {};
  for (const delivery of all) {
    types[delivery.type] = (types[delivery.type] ?? 0) + 1;
    if (matches(delivery)) found.push(delivery);
  }
  const end = Math.max(0, found.length - query.page * PAGE_SIZE);
  const rows = found
    .slice(Math.max(0, end - PAGE_SIZE), end)
    .reverse()
    .map(rowOf);
  return { rows, total: found.length, counts: countsOf(all), types };
}

/** Groups deliveries by resource; the group with the newest event comes first. */
export function grouped(all: Iterable<Delivery>, query: BookQuery): readonly Group[] {
  const matches = matching(query);
  const groups = new Map<string, Delivery[]>();
  for (const delivery of all) {
    if (!matches(delivery)) continue;
    const { resource } = delivery;
    const group = groups.get(resource);
    groups.delete(resource); // the newest one comes last
    groups.set(resource, group ? [...group, delivery] : [delivery]);
  }
  return [...groups.entries()].slice(-PAGE_SIZE).reverse().flatMap(groupOf);
}

export function countsOf(all: Iterable<Delivery>): Counts {
  const counts = { all: 0, waiting: 0, delivered: 0, retry: 0, 'dead-lettered': 0, dismissed: 0 };
  for (const { state } of all) {
    counts[state] += 1;
    counts.all += 1;
  }
  return counts;
}

function groupOf([resource, deliveries]: [string, readonly Delivery[]]): readonly Group[] {
  const newest = deliveries.at(-1);
  if (!newest) return [];
  const count = (wanted: Delivery['state']) => deliveries.filter(({ state }) => state === wanted).length;
  return [
    {
      resource,
      events: deliveries.length,
      failing: count('retry'),
      deadLettered: count('dead-lettered'),
      newest: rowOf(newest),
    },
  ];
}

function matching({ outcome, text, resource, type }: BookQuery): (delivery: Delivery) => boolean {
  const wanted = text.trim().toLowerCase();
  return (delivery) =>
    (outcome === 'all' || delivery.state === outcome) &&
    (resource === '' || delivery.resource === resource) &&
    (type === '' || delivery.type === type) &&
    (wanted === '' ||
      [delivery.resource, delivery.type, delivery.description, delivery.path, delivery.logId].some((part) =>
        part.toLowerCase().includes(wanted),
      ));
}
