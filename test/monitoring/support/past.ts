import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../../../local/services/identity.ts';

/** Makes the table look as if the log was last read to its end so many hours ago, up to `logId`. */
export async function lastReadHoursAgo(
  endpoint: string,
  TableName: string,
  hours: number,
  logId: string,
): Promise<void> {
  const client = new DynamoDBClient(clientOf(endpoint));
  const key = (sk: string) => ({ pk: { S: 'ledger' }, sk: { S: sk } });
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: key('state'),
      UpdateExpression: 'SET #cursor = :to, #seq = #seq + :one',
      ExpressionAttributeNames: { '#cursor': 'cursor', '#seq': 'seq' },
      ExpressionAttributeValues: { ':to': { S: logId }, ':one': { N: '1' } },
    }),
  );
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: key('checkpoint'),
      UpdateExpression: 'SET caughtUpAt = :at',
      ExpressionAttributeValues: { ':at': { N: String(Date.now() - hours * 3_600_000) } },
    }),
  );
  client.destroy();
}
