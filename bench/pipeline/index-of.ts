/** Finds, among keys in order, the index of the first key that is not before this one. */
export function indexOf(keys: readonly string[], sk: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < sk) low = middle + 1;
    else high = middle;
  }
  return low;
}
