import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
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

/** The folder of an earlier version, as dynalite left it. */
async function keptByDynalite(): Promise<string> {
  const folder = await temporaryDirectory();
  const server = dynalite({ path: folder, createTableMs: 0 });
  const client = new DynamoDBClient(clientOf(await listenOnLoopback(server)));
  await createDynaliteTable(client, STATE_TABLE);
  for (const Item of [STATE, BATCH]) await client.send(new PutItemCommand({ TableName, Item }));
  client.destroy();
  await closeServer(server);
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
