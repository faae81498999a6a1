import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { BOOL, type Item, N, S } from './attribute-values.ts';
import type { Abandoned, Failure, Grouping, LastBatch, Skipped } from './items.ts';

/** Parts of items as DynamoDB takes them. `parse-items.ts` parses them. */

export function lastOf(batch: LastBatch): AttributeValue {
  return { M: { id: S(batch.id), from: S(batch.from), to: S(batch.to), ids: { L: batch.ids.map(S) } } };
}

export function groupingOf({ order, version }: Grouping): AttributeValue {
  return { M: { order: S(order), version: N(version) } };
}

export function abandonedOf({ first, seq, wholly }: Abandoned): AttributeValue {
  const item: Item = { seq: N(seq), wholly: BOOL(wholly) };
  return { M: first === undefined ? item : { ...item, first: S(first) } };
}

export function failureOf({ attempts, firstAt }: Failure): AttributeValue {
  return { M: { attempts: N(attempts), firstAt: N(firstAt) } };
}

export function skippedOf(skipped: readonly Skipped[]): AttributeValue {
  return { L: skipped.map(({ after, until }) => ({ M: { after: N(after), until: N(until) } })) };
}
