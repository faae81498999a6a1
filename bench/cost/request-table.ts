import type { CountsByKind } from '../pipeline/counts.ts';
import type { Table } from '../support/results.ts';
import type { Countings } from './countings.ts';
import { ALTERNATIVES } from './prices.ts';

/** A table of requests, units, bytes and milliseconds by kind. */
export function requestTable({ idle, even, bulk }: Countings): Table {
  const columns = { idle60: idle[60], idle5: idle[5], '1M': even['1M'], '10M': even['10M'], ...bulk };
  const kinds = [...new Set(Object.values(columns).flatMap((counts) => Object.keys(counts)))].toSorted();
  return {
    title: 'What was counted',
    columns: [
      'kind',
      'idle minute, 60 s',
      'idle minute, 5 s',
      '1,000 events of 1M a month',
      '1,000 of 10M a month',
      '1,000 at once, 1 call',
      '5 calls',
      '100 calls',
    ],
    rows: kinds.map((kind) => [
      kind,
      ...[idle[60], idle[5], even['1M'], even['10M'], bulk[1], bulk[5], bulk[100]].map((counts) =>
        round(counts[kind] ?? 0),
      ),
    ]),
  };
}

export function alternatives(): Table {
  return {
    title: 'Others, at their list prices',
    columns: ['what', 'a million a month', 'a hundred million', 'what is missing'],
    rows: ALTERNATIVES.map(({ name, aMonth, aHundredMillion, missing }) => [
      name,
      aMonth,
      aHundredMillion,
      missing,
    ]),
  };
}

/** Counts that must not grow, by names such as `idle/60/dynamodb.get`. Times are not among them. */
export function flatCounts({ idle, even, bulk }: Countings): CountsByKind {
  const all = Object.entries({ idle, even, bulk }).flatMap(([what, cases]) =>
    Object.entries(cases).flatMap(([of, counts]) =>
      Object.entries(counts)
        .filter(([kind]) => !kind.endsWith('Ms'))
        .map(([kind, count]) => [`${what}/${of}/${kind}`, round(count)] as const),
    ),
  );
  return Object.fromEntries(all);
}

function round(count: number): number {
  return Math.round(count * 10) / 10;
}
