import { BOOL, N, NS, S } from './attribute-values.ts';
import { type Change, Condition } from './change.ts';
import { changes } from './changes.ts';
import type { Failure, PollSign, State } from './items.ts';
import { abandonedOf, failureOf, groupingOf, lastOf, skippedOf } from './written.ts';

/**
 * What a write makes of the state. Attributes that are not given stay; those that are undefined are
 * removed. `seq` counts up by one unless it is given.
 */
export type Claim = Partial<State>;

/** Outcomes of one invocation for a batch, by ordinal. */
export interface BatchOutcomes {
  readonly delivered: ReadonlySet<number>;
  readonly failed: ReadonlyMap<number, Failure>;
  /**
   * Ordinals that were dead-lettered. They stay pending. Their count of attempts begins anew, so
   * that a redrive gets a whole retry window.
   */
  readonly deadLettered: ReadonlySet<number>;
}

/** Moves the state, on the one condition that nobody has written it since it was read. */
export function claimUpdate(readSeq: number, claim: Claim): Change {
  const change = changes();
  change.set('seq', N(claim.seq ?? readSeq + 1));
  if (claim.ledger !== undefined) change.set('ledger', S(claim.ledger));
  if (claim.cursor !== undefined) change.set('cursor', S(claim.cursor));
  const { last, tenant, grouping, abandoned, startsAnew, rewoundFrom, skipped } = claim;
  if ('last' in claim) change.setOrRemove('last', last && lastOf(last));
  if ('tenant' in claim) change.setOrRemove('tenant', tenant === undefined ? undefined : S(tenant));
  if ('grouping' in claim) change.setOrRemove('grouping', grouping && groupingOf(grouping));
  if ('abandoned' in claim) change.setOrRemove('abandoned', abandoned && abandonedOf(abandoned));
  if ('startsAnew' in claim) change.setOrRemove('startsAnew', startsAnew ? BOOL(true) : undefined);
  if ('skipped' in claim) change.setOrRemove('skipped', skipped && skippedOf(skipped));
  // Only an operator's rewind keeps this. Every other write removes it, as what was read since is
  // on its way.
  change.setOrRemove('rewoundFrom', rewoundFrom === undefined ? undefined : S(rewoundFrom));
  return change.on('#seq = :read', { ':read': N(readSeq) });
}

/**
 * One invocation's update of a batch. Without its condition the update of a batch that is gone
 * would make a ghost, which holds the checkpoint for ever.
 */
export function recordUpdate({ delivered, failed, deadLettered }: BatchOutcomes): Change {
  const change = changes();
  for (const [ordinal, failure] of failed) change.set('failures', failureOf(failure), ordinal);
  for (const ordinal of deadLettered) change.remove('failures', ordinal);
  if (delivered.size > 0) change.delete('pending', NS(delivered));
  if (deadLettered.size > 0) change.add('deadLettered', NS(deadLettered));
  else if (failed.size > 0) change.delete('deadLettered', NS(failed.keys())); // it was redriven
  return change.on(Condition.exists);
}

/**
 * Notes which of the batch's events have no message, now that all others have one. Without its
 * condition a batch that was delivered meanwhile would rise again as a ghost, and one that another
 * poll sends anew would count as sent before it is.
 * @param round the one that was sent
 */
export function enqueuedUpdate(round: number, unreadable: ReadonlySet<number>): Change {
  const change = changes();
  change.set('enqueued', BOOL(true));
  // Version 1.0 marks without it, after a rollback: then no message is superseded.
  if (round > 0) change.set('sentRound', N(round));
  if (unreadable.size > 0) change.set('unreadable', NS(unreadable));
  return round > 0
    ? change.on(`${Condition.exists} AND #round = :sentRound`, {}, ['round'])
    : change.on(`${Condition.exists} AND attribute_not_exists(#round)`, {}, ['round']);
}

/**
 * Begins to send a batch anew that is not marked enqueued, or goes on with that. Nothing that was
 * kept once is given up, as another poll may be about to mark that it was.
 */
export function roundUpdate(kept: ReadonlySet<number>): Change {
  const change = changes();
  change.set('round', N(1));
  if (kept.size > 0) change.add('kept', NS(kept));
  return change.on(`${Condition.exists} AND #enqueued = :no`, { ':no': BOOL(false) }, ['enqueued']);
}

export function checkpointUpdate(position: string, at: number, sign?: PollSign): Change {
  const change = changes();
  change.set('position', S(position));
  change.set('writtenAt', N(at));
  if (sign?.seq !== undefined) {
    change.set('polledAt', N(sign.at));
    change.set('polledSeq', N(sign.seq));
  }
  if (sign?.end !== undefined) {
    change.set('caughtUpAt', N(sign.at));
    change.set('caughtUpCursor', S(sign.end));
  }
  return change.on();
}
