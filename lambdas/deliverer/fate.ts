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

/**
 * What becomes of an event's second message, by what became of its first. A dead letter has two
 * when it was redriven after a move whose answer was lost. SQS may then have dropped the second
 * move of the first message, so that the second one is all that is left.
 */
export function sameAgain(first: Fate): Fate {
  const delaySeconds = first.kind === 'dead-lettered' ? 0 : returnDelayOf(first);
  return delaySeconds === undefined ? first : { kind: 'returned', delaySeconds };
}
