import type { Receipt } from './receipt.ts';

/**
 * Says why an arrival that is not the first breaks P2. Undefined when each earlier one ended
 * ambiguously: its process died, was still at it, saw a time-out, or could not record it. An event
 * that is read again on purpose has another place.
 */
export function unexplained(
  receipt: Receipt,
  earlier: readonly Receipt[],
  recordedAt: ReadonlyMap<string, number>,
  reread: boolean,
): string | undefined {
  const { place, process } = receipt;
  if (place === undefined) return undefined;
  if (!reread && earlier.some((before) => before.place !== place)) return 'it is in two batches';
  const readAt = process.readAt.get(place.slice(0, place.lastIndexOf('/'))) ?? 0;
  const recorded = recordedAt.get(place);
  if (recorded !== undefined && recorded < readAt) return 'its delivery was recorded before';
  const clear = earlier.find((before) => before.place === place && !isAmbiguous(before, receipt, readAt));
  return clear && `${clear.process.name} had delivered it and ended well`;
}

function isAmbiguous({ process, answered }: Receipt, later: Receipt, readAt: number): boolean {
  if (!answered || process.status === 'dead') return true;
  if (process.faults.some((fault) => fault.startsWith('record'))) return true;
  return process !== later.process && process.endedAt >= readAt;
}
