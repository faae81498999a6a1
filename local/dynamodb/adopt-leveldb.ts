import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Level } from 'level';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { inOneCommit } from '../services/statements.ts';
import { isItem } from './attribute-value.ts';
import { itemSize } from './item-size.ts';
import type { StateTable } from './state-table.ts';

/** LevelDB reads a folder from this file on. */
const CURRENT = 'CURRENT';
/**
 * What stands in it once the items are in SQLite. LevelDB refuses it, as it ends without a new
 * line. So an earlier version tells that it cannot read the folder. Without this it would begin an
 * empty table there, and the log from its start.
 */
const ADOPTED = 'tables.db';
const LEVELDB = /^(LOCK|LOG(\.old)?|MANIFEST-\d+|\d+\.(ldb|log|sst|dbtmp))$/;

/** What holds items. A first start that was killed leaves none of these without CURRENT. */
const HOLDS_ITEMS = /^\d+\.(ldb|log|sst)$/;
/** Items that are taken over at a time, as a million do not fit into memory. */
const AT_A_TIME = 500;

/**
 * Takes over what earlier versions kept in LevelDB files in the same folder, and removes those
 * files. A run that is killed before they are marked begins again. Rejects when they cannot be
 * read.
 *
 * @param tableOf makes the table of that name. A stack of another name may have kept its own there
 */
export async function adoptLevelDb(
  folder: string,
  database: DatabaseSync,
  tableOf: (name: string) => StateTable,
): Promise<void> {
  const current = await readIfThere(join(folder, CURRENT));
  if (current === undefined) await refuseRemains(folder);
  else if (current !== ADOPTED) await takeOver(folder, database, tableOf);
  if (current !== ADOPTED) await mark(folder);
  for (const name of await readdir(folder)) if (LEVELDB.test(name)) await rm(join(folder, name));
}

/**
 * Throws when LevelDB's files are there without the first of them: they would be removed unread.
 */
async function refuseRemains(folder: string): Promise<void> {
  const remains = (await readdir(folder)).find((name) => HOLDS_ITEMS.test(name));
  if (remains !== undefined) throw new Error(`${CURRENT} is missing beside ${remains}`);
}

/**
 * Until they are marked LevelDB's files alone count, as an earlier version may have gone on with
 * them. What was taken over before is removed first: a batch that was delivered since would else
 * hold the checkpoint for ever.
 */
async function takeOver(
  folder: string,
  database: DatabaseSync,
  tableOf: (name: string) => StateTable,
): Promise<void> {
  database.exec('DELETE FROM items');
  for await (const items of readLevelDb(folder))
    inOneCommit(database, () => {
      for (const [name, item] of items) {
        const table = tableOf(name);
        const { pk, sk } = table.keyIn(item);
        table.rows.put({ pk, sk, item: JSON.stringify(item), bytes: itemSize(item) });
      }
    });
  // This waits for the disk. A power cut could else take the items, after the files are removed.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

async function mark(folder: string): Promise<void> {
  const written = join(folder, `${CURRENT}.new`);
  await writeFile(written, ADOPTED, { mode: 0o600, flush: true });
  await rename(written, join(folder, CURRENT));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error; // to take it for missing would remove what could not be read
  }
}

/** dynalite's key of an item's JSON. A table's name has no `~`. */
const ITEM = /^item-([^~]+)~/;

/** Reads the items of all tables, some at a time, with their table's name. */
async function* readLevelDb(folder: string): AsyncGenerator<readonly (readonly [string, Item])[]> {
  const files = new Level<string, unknown>(folder, { valueEncoding: 'json' });
  try {
    await files.open();
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  }
  try {
    const iterator = files.iterator();
    for (;;) {
      const entries = await iterator.nextv(AT_A_TIME);
      if (entries.length === 0) return;
      yield entries.flatMap(([key, value]) => {
        const [, table] = ITEM.exec(key) ?? [];
        if (table === undefined) return [];
        if (!isItem(value)) throw new Error(`${table} has something that is no item`);
        return [[table, value] as const];
      });
    }
  } finally {
    await files.close();
  }
}
