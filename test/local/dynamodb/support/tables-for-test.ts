import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { startTables } from '../../../../local/dynamodb/tables.ts';
import { clientOf } from '../../../../local/services/identity.ts';
import { STATE_TABLE } from '../../../support/state-table-definition.ts';

/** The embedded DynamoDB on that folder. It ends with the test, or before. */
export async function tablesIn(folder: string) {
  const service = await startTables(folder, [STATE_TABLE]);
  const client = new DynamoDBClient({ ...clientOf(service.url), maxAttempts: 1 });
  const close = async () => {
    client.destroy();
    await service.close();
  };
  onTestFinished(close);
  return { service, client, close };
}

export const TableName = STATE_TABLE.name;
export const keyOf = (sk: string) => ({ pk: { S: 'ledger' }, sk: { S: sk } });
