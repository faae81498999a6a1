import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { TableKey } from '../contract.ts';
import type { Item } from './attribute-values.ts';

/** Conditions on whether the item is there. */
export const Condition = {
  exists: `attribute_exists(${TableKey.partition})`,
  absent: `attribute_not_exists(${TableKey.partition})`,
} as const;

/** What an update, put or delete says besides its key. `names` maps `#x`, `values` maps `:x`. */
export interface Change {
  readonly update?: string;
  readonly condition?: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** The change as the parameters of a command. */
export function expressions({ condition, names, values }: Change) {
  return {
    ...(condition === undefined ? {} : { ConditionExpression: condition }),
    ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
    ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
  };
}

/** Makes a call. Undefined when its condition failed; any other failure is thrown. */
export async function unlessConditionFailed<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
