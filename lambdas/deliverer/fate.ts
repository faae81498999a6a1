import type { Failure } from '../shared/ledger/items.ts';

/** What becomes of a record: it leaves the queue, or returns to it for so many seconds. */
export type Fate =
  /** `done`: settled before. */
  | { readonly kind: 'done' | 'delivered' | 'dead-lettered' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly delaySeconds: number }
  /** Not attempted, or delivered but not recorded. */
  | { readonly kind: 'returned'; readonly delaySeconds: number };
