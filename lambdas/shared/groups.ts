/**
 * Groups items by their key. Items keep their order, and groups stand in the order of their first
 * items.
 */
export function groupedBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(items, key).values()];
}

/** Runs `work` on each group, at most `sideBySide` at the same time. `work` must not throw. */
export async function eachGroup<T>(
  groups: readonly (readonly T[])[],
  sideBySide: number,
  work: (group: readonly T[]) => Promise<void>,
): Promise<void> {
  const waiting = [...groups];
  const worker = async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) await work(group);
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}
