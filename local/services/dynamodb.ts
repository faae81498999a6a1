import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Level } from 'level';
import { closeServer, listenOnLoopback, type Service } from '../http-server.ts';
import type { TableDefinition } from '../template/resources.ts';
import { clientOf } from './identity.ts';
import { answerOurRequests } from './our-requests.ts';
import { readOnTheSpot } from './reads-on-the-spot.ts';

/**
 * How long a table may take to be ACTIVE. It takes a few milliseconds; one that takes longer was
 * left by a killed run.
 */
const ACTIVE_WITHIN_MS = 2_000;

/**
 * Starts dynalite on the LevelDB files in `path`, with those tables. What an earlier run left in
 * them is kept. Rejects when they cannot be opened.
 */
export async function startDynamoDb(path: string, tables: readonly TableDefinition[]): Promise<Service> {
  await tryToOpen(path);
  readOnTheSpot();
  const first = await open(path);
  if (await haveTables(first.url, tables)) return first;
  // The run before was killed while it made the table. Nothing can have been written to it, and
  // dynalite can neither finish nor delete it.
  await first.close();
  await rm(path, { recursive: true, force: true });
  const second = await open(path);
  if (await haveTables(second.url, tables)) return second;
  await second.close();
  throw new Error(`The embedded DynamoDB could not make its table in ${path}.`);
}

/**
 * Opens the files once. dynalite opens them at its first request, and when it cannot it ends the
 * process by an uncaught error.
 */
async function tryToOpen(path: string): Promise<void> {
  const files = new Level(path);
  try {
    await files.open();
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  }
  await files.close();
}

async function open(path: string): Promise<Service> {
  const server = dynalite({ path, createTableMs: 0 });
  answerOurRequests(server);
  return { url: await listenOnLoopback(server), close: () => closeServer(server) };
}

async function haveTables(endpoint: string, tables: readonly TableDefinition[]): Promise<boolean> {
  const client = new DynamoDBClient(clientOf(endpoint));
  try {
    for (const table of tables) {
      await createTable(client, table);
      if (!(await isActive(client, table.name))) return false;
    }
    return true;
  } finally {
    client.destroy();
  }
}

async function createTable(
  client: DynamoDBClient,
  { name, keySchema, attributes }: TableDefinition,
): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        KeySchema: [...keySchema],
        AttributeDefinitions: [...attributes],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error; // it exists already
  }
}

async function isActive(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const deadline = Date.now() + ACTIVE_WITHIN_MS;
  do {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return true;
    await sleep(10);
  } while (Date.now() < deadline);
  return false;
}
