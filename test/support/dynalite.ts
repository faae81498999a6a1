import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { onTestFinished } from 'vitest';
import { closeServer, listenOnLoopback } from '../../local/http-server.ts';
import { clientOf } from '../../local/services/identity.ts';
import type { TableDefinition } from '../../local/template/resources.ts';
import { createDynaliteTable } from './dynalite-table.ts';

/**
 * Starts dynalite, somebody else's DynamoDB, in memory and with that table. It ends with the test.
 */
export async function dynaliteWith(table: TableDefinition): Promise<{ url: string; client: DynamoDBClient }> {
  const server = dynalite({ createTableMs: 0 });
  const url = await listenOnLoopback(server);
  const client = new DynamoDBClient(clientOf(url));
  onTestFinished(async () => {
    client.destroy();
    await closeServer(server);
  });
  await createDynaliteTable(client, table);
  return { url, client };
}
