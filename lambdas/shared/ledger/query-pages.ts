import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { TableKey } from '../contract.ts';
import { type Item, S } from './attribute-values.ts';

interface Query {
  readonly partition: string;
  /** What the sort keys begin with. */
  readonly prefix: string;
  /** Items of one read, at most. */
  readonly limit: number;
  /** Key of the item after which the first read begins. */
  readonly after: Item | undefined;
}

/** Reads items consistently in the order of their sort keys, a page after the other. */
export async function* queryPages(
  client: DynamoDBClient,
  TableName: string,
  { partition, prefix, limit, after }: Query,
): AsyncGenerator<readonly Item[]> {
  let ExclusiveStartKey = after;
  do {
    const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: `${TableKey.partition} = :partition AND begins_with(${TableKey.sort}, :prefix)`,
        ExpressionAttributeValues: { ':partition': S(partition), ':prefix': S(prefix) },
        Limit: limit,
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    yield Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}
