import type { KeptCounts } from './kept-counts.ts';

/** How much a count may exceed the committed one, as a part of it. */
const TOLERANCE = 0.05;

/**
 * Names the counts that have grown over the committed ones, a line each. It also names those that
 * only one side has, as they cannot be compared.
 */
export function grown(committed: KeptCounts, counted: KeptCounts): readonly string[] {
  const [before, now] = [flat(committed), flat(counted)];
  const kinds = [...new Set([...before.keys(), ...now.keys()])].toSorted();
  return kinds.flatMap((kind) => {
    const [was, is] = [before.get(kind), now.get(kind)];
    if (was === undefined) return [`${kind}: ${is} is counted, and no result of it is committed`];
    if (is === undefined) return [`${kind}: ${was} is committed, and it was not counted`];
    return is > Math.max(0, was) * (1 + TOLERANCE) ? [`${kind}: ${was} before, ${is} now`] : [];
  });
}

function flat(counts: KeptCounts): ReadonlyMap<string, number> {
  const all = Object.entries(counts).flatMap(([part, of]) =>
    Object.entries(of).map(([kind, count]) => [`${part}/${kind}`, count] as const),
  );
  return new Map(all);
}
