import type { Item } from './expressions.ts';

/** What acts of the world change besides the filter. */
export interface Deployed {
  isOtherTenant: boolean;
  order: 'total' | 'resource';
  /** What a restore of the table gives back. */
  keptTable?: ReadonlyMap<string, Item>;
}
