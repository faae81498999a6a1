import type { Failure } from '../shared/ledger/items.ts';
import type { DeliveryRecord } from './records.ts';

/** What becomes of a record: it leaves the queue, or returns to it after a delay. */
export type Fate =
  /** `done` when it was delivered or dismissed before. */
  | { readonly kind: 'done' | 'delivered' | 'dead-lettered' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly delaySeconds: number }
  /** Returned without an attempt, or delivered but not recorded. */
  | { readonly kind: 'returned'; readonly delaySeconds: number };

export type Fates = ReadonlyMap<DeliveryRecord, Fate>;

/** Seconds for which the record returns to the queue; undefined when it leaves the queue. */
export function returnDelayOf(fate: Fate | undefined): number | undefined {
  return fate && 'delaySeconds' in fate ? fate.delaySeconds : undefined;
}
