import type { KeptCounts } from './kept-counts.ts';

/** A count that is more than this part larger than the committed one has grown. */
const TOLERANCE = 0.05;

/**
 * What has grown over the committed counts, a line each; also what is counted now and is not
 * committed, and the other way round, as neither can be compared.
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
