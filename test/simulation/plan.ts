import type { Found, Tally } from './explore.ts';

/** What a worker is to explore. */
export interface Plan {
  /** This worker's share: the runs are dealt out among so many. */
  readonly part: { readonly index: number; readonly of: number };
  /**
   * Names of the small worlds in which every pair of deviations is tried; in all others every
   * single one.
   */
  readonly pairs: readonly string[];
  readonly firstSeed: number;
  readonly seeds: number;
  /** Violations after which it stops: they mostly have one cause. */
  readonly enough: number;
  /** Epoch milliseconds; 0 = no limit. */
  readonly endsAt: number;
}

export interface Report {
  readonly exhaustive: Tally;
  readonly random: Tally;
  readonly found: readonly Found[];
  /** Time was over before everything was tried. */
  readonly cutShort: boolean;
}
