import type { MetricSource } from '../../template/dashboard.ts';

/** The name of a metric, without a statistic. */
export type MetricName = Pick<MetricSource, 'namespace' | 'name' | 'of'>;

/** This run's measurements, as CloudWatch would keep them. */
export interface Samples {
  add(metric: MetricName, at: number, value: number): void;
  /** Values between two times in epoch milliseconds, `until` not included. */
  within(metric: MetricName, from: number, until: number): readonly number[];
}

/** How long values are kept: the longest period of a gauge, which is more than a chart shows. */
const KEPT_MS = 15 * 60_000;
/**
 * Values that are kept: a hundred attempts a second for three minutes, which is more than a run on
 * one machine has.
 */
const MOST = 20_000;

interface Kept {
  readonly at: number[];
  readonly values: number[];
}

export function createSamples(): Samples {
  const all = new Map<string, Kept>();
  return {
    add(metric, at, value) {
      const key = keyOf(metric);
      const kept = all.get(key) ?? { at: [], values: [] };
      all.set(key, kept);
      // New values go to the end, unless a line comes late.
      const place = (kept.at.at(-1) ?? 0) <= at ? kept.at.length : indexAt(kept.at, at);
      kept.at.splice(place, 0, at);
      kept.values.splice(place, 0, value);
      const first = kept.at[0] ?? at;
      // Old values go now and then, as taking the first one off a long list each time is slow.
      if (first < at - 2 * KEPT_MS || kept.at.length > 2 * MOST) forget(kept, at);
    },
    within(metric, from, until) {
      const kept = all.get(keyOf(metric));
      if (!kept) return [];
      return kept.values.slice(indexAt(kept.at, from), indexAt(kept.at, until));
    },
  };
}

function forget({ at, values }: Kept, now: number): void {
  const count = Math.max(indexAt(at, now - KEPT_MS), at.length - MOST);
  at.splice(0, count);
  values.splice(0, count);
}

/** Index of the first value that is not before that time. */
function indexAt(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keyOf({ namespace, name, of }: MetricName): string {
  return `${namespace} ${name} ${of}`;
}
