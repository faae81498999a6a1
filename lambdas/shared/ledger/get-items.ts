import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TableKey } from '../contract.ts';
import type { Item } from './attribute-values.ts';

/** DynamoDB's limit for one BatchGetItem. */
const MOST_KEYS = 100;

/**
 * Reads items consistently, a hundred in one request. DynamoDB may leave some of them out of its
 * answer and name their keys. Those are read singly, as they would else look like items that are
 * not there, and a batch that is not there counts as delivered. So are all of them when the answer
 * does not name the table.
 * @returns what is there, by sort key
 */
export async function getItems(
  client: DynamoDBClient,
  TableName: string,
  keys: readonly Item[],
  getOne: (sk: string) => Promise<Item | undefined>,
): Promise<ReadonlyMap<string, Item>> {
  const found: Item[] = [];
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    const Keys = keys.slice(start, start + MOST_KEYS);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    const answered = Responses?.[TableName];
    found.push(...(answered ?? []));
    const left = answered ? (UnprocessedKeys?.[TableName]?.Keys ?? []) : Keys;
    found.push(
      ...(await Promise.all(left.map((key) => getOne(sortKeyOf(key))))).filter((item) => item !== undefined),
    );
  }
  return new Map(found.map((item) => [sortKeyOf(item), item]));
}

export function sortKeyOf(item: Item): string {
  return item[TableKey.sort]?.S ?? '';
}
