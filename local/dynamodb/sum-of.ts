import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { invalid } from './dynamodb-error.ts';

/**
 * Adds whole numbers, or subtracts the second one. DynamoDB knows fractions, too; nothing of ours
 * has them.
 */
export function sumOf(
  first: AttributeValue | undefined,
  sign: string,
  second: AttributeValue | undefined,
): AttributeValue {
  if (!first) throw invalid('The provided expression refers to an attribute that does not exist in the item');
  const [a, b] = [first.N, second?.N];
  if (a === undefined || b === undefined || !/^-?\d+$/.test(a) || !/^-?\d+$/.test(b))
    throw invalid('An operand in the update expression has an incorrect data type');
  return { N: String(sign === '+' ? BigInt(a) + BigInt(b) : BigInt(a) - BigInt(b)) };
}
