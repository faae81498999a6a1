import { type Failure, failureOf, type Item, type LastBatch, lastOf, N, NS, S } from './items.ts';
import { type Change, Condition } from './table.ts';

/** What a poll decides about the state; `cursor` and `last` change together or not at all. */
export interface Claim {
  readonly cursor: string;
  readonly last?: LastBatch | undefined;
  /** Only of an operator's rewind: the cursor before it. Every other claim removes it. */
  readonly rewoundFrom?: string | undefined;
}

/** Outcomes of one invocation for a batch, by ordinal. */
export interface BatchOutcomes {
  readonly delivered: ReadonlySet<number>;
  readonly failed: ReadonlyMap<number, Failure>;
  /** Still pending; their count of attempts begins anew, so that a redrive gets a whole retry window. */
  readonly deadLettered: ReadonlySet<number>;
}

/** Moves the state, on the sole condition that nobody has written it since it was read. */
export function claimUpdate(readSeq: number, { cursor, last, rewoundFrom }: Claim): Change {
  const change = changes();
  change.set('seq', N(readSeq + 1));
  change.set('cursor', S(cursor));
  change.setOrRemove('last', last && lastOf(last));
  change.setOrRemove('rewoundFrom', rewoundFrom === undefined ? undefined : S(rewoundFrom));
  return change.on('#seq = :read', { ':read': N(readSeq) });
}

/** For a deletion of the state: only as it was read. */
export function unchangedSince(readSeq: number): Change {
  return { condition: '#seq = :read', names: { '#seq': 'seq' }, values: { ':read': N(readSeq) } };
}

/** The grouped update of one invocation. Without its condition an update of a batch that is gone would make a ghost. */
export function recordUpdate({ delivered, failed, deadLettered }: BatchOutcomes): Change {
  const change = changes();
  for (const [ordinal, failure] of failed) change.set('failures', failureOf(failure), ordinal);
  for (const ordinal of deadLettered) change.remove('failures', ordinal);
  if (delivered.size > 0) change.delete('pending', NS(delivered));
  return change.on(Condition.exists);
}

export function checkpointUpdate(position: string, at: number, cursor: string | undefined): Change {
  const change = changes();
  change.set('position', S(position));
  change.set('writtenAt', N(at));
  if (cursor !== undefined) {
    change.set('caughtUpAt', N(at));
    change.set('caughtUpCursor', S(cursor));
  }
  return change.on();
}

/** Says which of the batch's events have a message, now that all others have. */
export function enqueuedUpdate(unreadable: ReadonlySet<number>): Change {
  const change = changes();
  change.set('enqueued', { BOOL: true });
  if (unreadable.size > 0) change.set('unreadable', NS(unreadable));
  return change.on(Condition.exists); // else a batch that was delivered meanwhile would rise again as a ghost
}

/** Collects the clauses of an UpdateExpression; `entry` is a key of the attribute's map. */
function changes() {
  const names: Record<string, string> = {};
  const values: Item = {};
  const clauses: Record<'SET' | 'REMOVE' | 'DELETE', string[]> = { SET: [], REMOVE: [], DELETE: [] };

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
    delete(attribute: string, elements: Item[string]) {
      clauses.DELETE.push(`${place(attribute)} ${value(attribute, elements)}`);
    },
    on(condition?: string, conditionValues: Item = {}): Change {
      const used = Object.entries(clauses).filter(([, parts]) => parts.length > 0);
      const update = used.map(([clause, parts]) => `${clause} ${parts.join(', ')}`).join(' ');
      const all = { ...values, ...conditionValues };
      return {
        update,
        names,
        ...(condition === undefined ? {} : { condition }),
        ...(Object.keys(all).length > 0 ? { values: all } : {}),
      };
    },
  };
}
