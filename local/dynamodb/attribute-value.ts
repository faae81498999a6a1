import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { isObject } from '../../lambdas/shared/text/json.ts';

/**
 * A number as DynamoDB gives it back. It would take `1.0` too and give `1`; nothing of ours writes
 * such.
 */
const NUMBER = /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/;

/** True for an item of the types that the state table has: S, N, BOOL, NS, L and M. */
export function isItem(value: unknown): value is Item {
  return isObject(value) && Object.values(value).every(isAttributeValue);
}

function isAttributeValue(value: unknown): value is AttributeValue {
  if (!isObject(value)) return false;
  const [[type, of] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0) return false;
  switch (type) {
    case 'S':
      return typeof of === 'string';
    case 'N':
      return isNumber(of);
    case 'BOOL':
      return typeof of === 'boolean';
    case 'NS':
      return Array.isArray(of) && of.length > 0 && of.every(isNumber) && new Set(of).size === of.length;
    case 'L':
      return Array.isArray(of) && of.every(isAttributeValue);
    case 'M':
      return isItem(of);
    default:
      return false;
  }
}

function isNumber(value: unknown): boolean {
  return typeof value === 'string' && NUMBER.test(value);
}
