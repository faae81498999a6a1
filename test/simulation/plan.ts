import type { Found, Tally } from './explore.ts';

/** What a worker has to explore. */
export interface Plan {
  /** The worker's share, as the runs are dealt out among several. */
  readonly part: { readonly index: number; readonly of: number };
  /**
   * Names of the small worlds in which every pair of deviations is tried. In all others every
   * single one is.
   */
  readonly pairs: readonly string[];
  /** False to try random worlds only. */
  readonly smallWorlds: boolean;
  readonly firstSeed: number;
  readonly seeds: number;
  /** Violations after which the worker stops, as they mostly have one cause. */
  readonly enough: number;
  /** When it has to end, epoch milliseconds; 0 = no limit. */
  readonly endsAt: number;
}

export interface Report {
  readonly exhaustive: Tally;
  readonly random: Tally;
  readonly found: readonly Found[];
  /** True when the time was over before everything was tried. */
  readonly cutShort: boolean;
}
