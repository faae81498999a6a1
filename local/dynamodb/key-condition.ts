import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { invalid } from './dynamodb-error.ts';
import type { Stretch } from './item-rows.ts';
import type { KeyNames } from './state-table.ts';

/** The last of all characters: behind each key that begins with what stands before it. */
const LAST = '\u{10ffff}';

/**
 * Reads a query's condition: one partition, and in it all sort keys, or those that begin so or lie
 * between two, both included. Throws at any other.
 */
export function keyCondition(
  condition: string,
  values: Item,
  { pk, sk }: KeyNames,
): Stretch & { readonly pk: string } {
  const [, partition = '', rest = ''] = new RegExp(`^${pk} = (:\\w+)(?: AND (.+))?$`).exec(condition) ?? [];
  const [, prefix] = new RegExp(`^begins_with\\(${sk}, (:\\w+)\\)$`).exec(rest) ?? [];
  const [, first, last] = new RegExp(`^${sk} BETWEEN (:\\w+) AND (:\\w+)$`).exec(rest) ?? [];
  const text = (name = '') => {
    const value = values[name]?.S;
    if (value === undefined) throw invalid(`${name} is not among the values, or no text.`);
    return value;
  };
  if (partition !== '' && rest === '') return { pk: text(partition), first: '', last: LAST };
  if (prefix !== undefined)
    return { pk: text(partition), first: text(prefix), last: `${text(prefix)}${LAST}` };
  if (first === undefined) throw invalid(`Local mode does not know the key condition ${condition}.`);
  return { pk: text(partition), first: text(first), last: text(last) };
}
