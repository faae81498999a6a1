/** Numbers by kind, such as `dynamodb.get` or `sqs.send`: requests, units, bytes, milliseconds. */
export type CountsByKind = Readonly<Record<string, number>>;

export class Counts {
  private readonly counted = new Map<string, number>();

  add(kind: string, count = 1): void {
    this.counted.set(kind, (this.counted.get(kind) ?? 0) + count);
  }

  /** All counts, by kind in alphabetical order. */
  all(): CountsByKind {
    return Object.fromEntries([...this.counted].toSorted(([a], [b]) => a.localeCompare(b)));
  }
}

/** What was counted between `before` and `after`. */
export function since(before: CountsByKind, after: CountsByKind): CountsByKind {
  return each([before, after], ([earlier = 0, later = 0]) => later - earlier);
}

export function scaled(counts: CountsByKind, by: number): CountsByKind {
  return each([counts], ([count = 0]) => count * by);
}

export function less(counts: CountsByKind, other: CountsByKind): CountsByKind {
  return each([counts, other], ([one = 0, two = 0]) => one - two);
}

function each(
  all: readonly CountsByKind[],
  result: (counts: readonly (number | undefined)[]) => number,
): CountsByKind {
  const kinds = new Set(all.flatMap((counts) => Object.keys(counts)));
  return Object.fromEntries([...kinds].map((kind) => [kind, result(all.map((counts) => counts[kind]))]));
}
