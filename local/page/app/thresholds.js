/** @import { Threshold } from '../../template/dashboard.ts' */

/** Meanings of CloudWatch's colours. The page has its own shades of them, light and dark. */
/** @type {Readonly<Record<string, 'good' | 'warn' | 'bad'>>} */
const MEANINGS = { '#2ca02c': 'good', '#ff7f0e': 'warn', '#d62728': 'bad' };

/** @param {string} color */
export function meaningOf(color) {
  return MEANINGS[color] ?? 'quiet';
}

/**
 * The dashboard's range in which a value lies: the last one of those that hold it.
 *
 * @param {number | null} value
 * @param {readonly Threshold[]} thresholds
 */
export function lookOf(value, thresholds) {
  if (value === null) return { look: 'quiet', label: 'nothing measured yet' };
  const [best] = thresholds
    .filter(({ value: limit, fill }) =>
      fill === 'above' ? value >= limit : fill === 'below' && value < limit,
    )
    .toReversed();
  return best ? { look: meaningOf(best.color), label: best.label } : { look: 'quiet', label: '' };
}
