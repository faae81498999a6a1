import { BOOL, type Item, N, NS, S } from './attribute-values.ts';
import { type Change, Condition } from './change.ts';
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

/** Notes which of the batch's events have no message, now that all others have one. */
export function enqueuedUpdate(unreadable: ReadonlySet<number>): Change {
  const change = changes();
  change.set('enqueued', BOOL(true));
  if (unreadable.size > 0) change.set('unreadable', NS(unreadable));
  return change.on(Condition.exists); // else a batch that was delivered meanwhile would rise again as a ghost
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

const ACTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** Collects the clauses of an UpdateExpression. `entry` is a key of the attribute's map. */
function changes() {
  const names: Record<string, string> = {};
  const values: Item = {};
  const clauses: Record<(typeof ACTIONS)[number], string[]> = { SET: [], REMOVE: [], ADD: [], DELETE: [] };

  const place = (attribute: string, entry?: number) => {
    names[`#${attribute}`] = attribute;
    if (entry === undefined) return `#${attribute}`;
    names[`#e${entry}`] = String(entry);
    return `#${attribute}.#e${entry}`;
  };
  const value = (attribute: string, of: Item[string], entry: number | '' = '') => {
    values[`:${attribute}${entry}`] = of;
    return `:${attribute}${entry}`;
  };

  return {
    set(attribute: string, of: Item[string], entry?: number) {
      clauses.SET.push(`${place(attribute, entry)} = ${value(attribute, of, entry)}`);
    },
    remove(attribute: string, entry?: number) {
      clauses.REMOVE.push(place(attribute, entry));
    },
    setOrRemove(attribute: string, of: Item[string] | undefined) {
      if (of) this.set(attribute, of);
      else this.remove(attribute);
    },
    /** Adds to a set of numbers. */
    add(attribute: string, elements: Item[string]) {
      clauses.ADD.push(`${place(attribute)} ${value(attribute, elements)}`);
    },
    /** Takes from a set of numbers. */
    delete(attribute: string, elements: Item[string]) {
      clauses.DELETE.push(`${place(attribute)} ${value(attribute, elements)}`);
    },
    on(condition?: string, conditionValues: Item = {}): Change {
      const used = ACTIONS.filter((action) => clauses[action].length > 0);
      const all = { ...values, ...conditionValues };
      return {
        update: used.map((action) => `${action} ${clauses[action].join(', ')}`).join(' '),
        names,
        ...(condition === undefined ? {} : { condition }),
        ...(Object.keys(all).length > 0 ? { values: all } : {}),
      };
    },
  };
}
