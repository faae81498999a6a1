import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { TableKey } from '../contract.ts';
import { type Item, S } from './attribute-values.ts';

/** Sort keys that begin so, or those from the first to the last. */
export type Keys = { readonly prefix: string } | { readonly first: string; readonly last: string };

interface Query {
  readonly partition: string;
  readonly keys: Keys;
  /** Items of one read, at most; undefined: as many as DynamoDB gives. */
  readonly limit: number | undefined;
  /** Key of the item after which the first read begins. */
  readonly after: Item | undefined;
}

const BEGINS = `begins_with(${TableKey.sort}, :prefix)`;
const BETWEEN = `${TableKey.sort} BETWEEN :first AND :last`;

/**
 * DynamoDB's answer has no list of items, not even an empty one. Taken for empty, a table without a
 * state would look new, and all that waits would be delivered without bookkeeping.
 */
class NoItemsError extends Error {
  override readonly name = 'NoItemsError';

  constructor() {
    super('DynamoDB answered a query without a list of items');
  }
}

/** Reads items consistently in the order of their sort keys, a page after the other. */
export async function* queryPages(
  client: DynamoDBClient,
  TableName: string,
  { partition, keys, limit, after }: Query,
): AsyncGenerator<readonly Item[]> {
  let ExclusiveStartKey = after;
  do {
    const { Items, LastEvaluatedKey }: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: `${TableKey.partition} = :partition AND ${'prefix' in keys ? BEGINS : BETWEEN}`,
        ExpressionAttributeValues: { ':partition': S(partition), ...valuesOf(keys) },
        ...(limit === undefined ? {} : { Limit: limit }),
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    if (!Items) throw new NoItemsError();
    yield Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

function valuesOf(keys: Keys): Item {
  if ('prefix' in keys) return { ':prefix': S(keys.prefix) };
  return { ':first': S(keys.first), ':last': S(keys.last) };
}
