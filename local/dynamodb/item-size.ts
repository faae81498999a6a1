import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';

/** Bytes of an item as DynamoDB bills them (Developer Guide, "DynamoDB item sizes and formats"). */
export function itemSize(item: Item | undefined): number {
  if (item === undefined) return 0;
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value),
    0,
  );
}

/** Bytes of a list or map; each of its elements adds 1. */
const CONTAINER = 3;

function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return sizeOfNumber(value.N);
  if (value.NS) return value.NS.reduce((sum, number) => sum + sizeOfNumber(number), 0);
  if (value.L) return value.L.reduce((sum, each) => sum + 1 + sizeOf(each), CONTAINER);
  if (value.M) return CONTAINER + itemSize(value.M) + Object.keys(value.M).length;
  return 1; // a boolean
}

/** One byte for two digits, and one more. */
function sizeOfNumber(digits: string): number {
  return Math.ceil(digits.length / 2) + 1;
}
