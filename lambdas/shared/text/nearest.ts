/**
 * The word that a text was probably meant to be. It differs by a third of its letters at most, and
 * by `most` at most.
 */
export function nearest(
  text: string,
  words: readonly string[],
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  const wanted = plain(text);
  const ranked = words
    .map((word) => ({ word, distance: editDistance(wanted, plain(word)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best === undefined) return undefined;
  return best.distance <= Math.min(most, Math.ceil(best.word.length / 3)) ? best.word : undefined;
}

/**
 * Drops case and separators: `concurrent-calls`, `CONCURRENT_CALLS` and `concurrentCalls` are the
 * same slip.
 */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Levenshtein's distance: insertions, deletions and replacements. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, left] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
