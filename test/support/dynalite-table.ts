import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../../local/template/resources.ts';

/** Makes the table, and waits until dynalite has it. That takes a few milliseconds. */
export async function createDynaliteTable(
  client: DynamoDBClient,
  { name, keySchema, attributes }: TableDefinition,
): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: [...keySchema],
      AttributeDefinitions: [...attributes],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(5);
  }
}
