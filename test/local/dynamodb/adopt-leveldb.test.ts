import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Level } from 'level';
import { expect, it } from 'vitest';
import { startTable } from '../../../local/dynamodb/table-service.ts';
import { closeServer, listenOnLoopback } from '../../../local/http-server.ts';
import { clientOf } from '../../../local/services/identity.ts';
import { createDynaliteTable } from '../../support/dynalite-table.ts';
import { STATE_TABLE } from '../../support/state-table-definition.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { keyOf, TableName, tableIn } from './support/table-in.ts';

const STATE = { ...keyOf('state'), cursor: { S: '7' } };
const BATCH = {
  ...keyOf('batch#7'),
  pending: { NS: ['1', '10', '2'] },
  failures: { M: { '2': { M: { attempts: { N: '3' }, firstAt: { N: '1795660356657' } } } } },
  quiet: { BOOL: true },
};

/** Runs an earlier version on the folder. */
async function inDynalite(folder: string, act: (client: DynamoDBClient) => Promise<unknown>): Promise<void> {
  const server = dynalite({ path: folder, createTableMs: 0 });
  const client = new DynamoDBClient(clientOf(await listenOnLoopback(server)));
  await act(client);
  client.destroy();
  await closeServer(server);
}

/** The folder of an earlier version, as dynalite left it. */
async function keptByDynalite(): Promise<string> {
  const folder = await temporaryDirectory();
  await inDynalite(folder, async (client) => {
    await createDynaliteTable(client, STATE_TABLE);
    for (const Item of [STATE, BATCH]) await client.send(new PutItemCommand({ TableName, Item }));
  });
  return folder;
}

async function itemsIn(folder: string) {
  const { client, close } = await tableIn(folder);
  const get = async (sk: string) =>
    (await client.send(new GetItemCommand({ TableName, Key: keyOf(sk), ConsistentRead: true }))).Item;
  const items = [await get('state'), await get('batch#7')];
  await close();
  return items;
}

it('what an earlier version kept is taken over, and its files are gone', async () => {
  const folder = await keptByDynalite();

  expect(await itemsIn(folder)).toEqual([STATE, BATCH]);

  const left = await readdir(folder);

  expect(left.filter((name) => !name.startsWith('tables.db'))).toEqual(['CURRENT']);
  expect(await itemsIn(folder)).toEqual([STATE, BATCH]);
});

it('a run that is killed before it has marked the files takes over the same once more', async () => {
  const folder = await keptByDynalite();
  const before = await temporaryDirectory();
  await cp(folder, before, { recursive: true });
  await itemsIn(folder);
  await cp(before, folder, { recursive: true }); // the items are committed, and LevelDB's files still there

  expect(await itemsIn(folder)).toEqual([STATE, BATCH]);

  expect(await readFile(join(folder, 'CURRENT'), 'utf8')).toBe('tables.db');
});

it('an earlier version that goes on after such a kill decides alone what is open', async () => {
  const folder = await keptByDynalite();
  const before = await temporaryDirectory();
  await cp(folder, before, { recursive: true });
  await itemsIn(folder);
  await cp(before, folder, { recursive: true });
  await inDynalite(folder, (client) =>
    client.send(new DeleteItemCommand({ TableName, Key: keyOf('batch#7') })),
  );

  expect(await itemsIn(folder)).toEqual([STATE, undefined]); // else a ghost that holds the checkpoint
});

it('many more items than fit into one step are taken over', async () => {
  const folder = await keptByDynalite();
  const keys = Array.from({ length: 600 }, (_, n) => `batch#8${n}`);
  await inDynalite(folder, (client) =>
    Promise.all(keys.map((sk) => client.send(new PutItemCommand({ TableName, Item: keyOf(sk) })))),
  );
  await itemsIn(folder);
  const database = new DatabaseSync(join(folder, 'tables.db'));

  expect(database.prepare('SELECT count(*) AS items FROM items').get()).toEqual({ items: 602 });
  database.close();
});

it('its files are removed only when a power cut cannot take the items any more', async () => {
  const folder = await keptByDynalite();
  await tableIn(folder);
  const copy = join(await temporaryDirectory(), 'tables.db');
  await copyFile(join(folder, 'tables.db'), copy); // without the log, which may not be on the disk
  const database = new DatabaseSync(copy);

  expect(database.prepare('SELECT count(*) AS items FROM items').get()).toEqual({ items: 2 });
  database.close();
});

it('files that a kill left are removed at the next start', async () => {
  const folder = await keptByDynalite();
  await itemsIn(folder);
  await writeFile(join(folder, '000005.ldb'), '');
  await itemsIn(folder);

  expect(await readdir(folder)).not.toContain('000005.ldb');
});

it('files of which the first is missing are told, and left as they are', async () => {
  const folder = await keptByDynalite();
  await rm(join(folder, 'CURRENT'));
  const before = await readdir(folder);

  await expect(startTable(folder, STATE_TABLE)).rejects.toThrow('CURRENT is missing');

  expect(await readdir(folder)).toEqual(expect.arrayContaining(before));
});

it('what is written later is not replaced by what an earlier version kept', async () => {
  const folder = await keptByDynalite();
  const { client, close } = await tableIn(folder);
  await client.send(new PutItemCommand({ TableName, Item: { ...STATE, cursor: { S: '8' } } }));
  await close();

  expect(await itemsIn(folder)).toEqual([{ ...STATE, cursor: { S: '8' } }, BATCH]);
});

it('an earlier version refuses the folder afterwards, and would not begin an empty table in it', async () => {
  const folder = await temporaryDirectory();
  await itemsIn(folder);
  const files = new Level(folder);

  await expect(files.open()).rejects.toMatchObject({
    cause: { message: expect.stringContaining('CURRENT') },
  });

  expect(await readFile(join(folder, 'CURRENT'), 'utf8')).toBe('tables.db');
});

it('files that cannot be read are no missing ones: they stay', async () => {
  const folder = await temporaryDirectory();
  await mkdir(join(folder, 'CURRENT'));

  await expect(startTable(folder, STATE_TABLE)).rejects.toThrow('EISDIR');

  expect(await readdir(folder)).toContain('CURRENT');
});

it('the table of a stack of another name is kept, too', async () => {
  const folder = await keptByDynalite();
  const other = await startTable(folder, { ...STATE_TABLE, name: 'other' });
  await other.close();

  expect(await itemsIn(folder)).toEqual([STATE, BATCH]);
});

it('damaged files of an earlier version are told, and left as they are', async () => {
  const folder = await keptByDynalite();
  await writeFile(join(folder, 'CURRENT'), 'nonsense');
  const before = await readdir(folder);

  await expect(startTable(folder, STATE_TABLE)).rejects.toThrow('CURRENT');

  expect(await readdir(folder)).toEqual(expect.arrayContaining(before));
});
