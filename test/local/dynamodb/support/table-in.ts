import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { startTable } from '../../../../local/dynamodb/table-service.ts';
import { clientOf } from '../../../../local/services/identity.ts';
import { STATE_TABLE } from '../../../support/state-table-definition.ts';

/** The embedded DynamoDB on that folder. It ends with the test, or before. */
export async function tableIn(folder: string) {
  const service = await startTable(folder, STATE_TABLE);
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
