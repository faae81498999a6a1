import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';

/** What a restore of the table brings back. */
export interface KeptTable {
  readonly at: number;
  readonly items: ReadonlyMap<string, Item>;
}

/** What acts of the world change, besides the filter. */
export interface Deployed {
  isOtherTenant: boolean;
  order: 'total' | 'resource';
  keptTable?: KeptTable;
}
