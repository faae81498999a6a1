import type { Item } from './attribute-values.ts';
import type { Change } from './change.ts';

const ACTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

export type Changes = ReturnType<typeof changes>;

/** Collects the clauses of an UpdateExpression. `entry` is a key of the attribute's map. */
export function changes() {
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
    /** @param conditionNames attributes that the condition names besides those that change */
    on(condition?: string, conditionValues: Item = {}, conditionNames: readonly string[] = []): Change {
      for (const name of conditionNames) place(name);
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
