/**
 * Groups items by their key. Items keep their order, and groups stand in the order of their first
 * items.
 */
export function laneBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  return [...Map.groupBy(items, key).values()];
}

/** Runs `work` on each lane, at most `sideBySide` at the same time. `work` must not throw. */
export async function inLanes<T>(
  lanes: readonly (readonly T[])[],
  sideBySide: number,
  work: (lane: readonly T[]) => Promise<void>,
): Promise<void> {
  const waiting = [...lanes];
  const worker = async () => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) await work(lane);
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}
