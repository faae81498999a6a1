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

/**
 * Takes over what earlier versions kept in LevelDB files in the same folder, in one commit, and
 * removes those files. A run that is killed before they are marked begins again, and takes over the
 * same. Rejects when they cannot be read.
 *
 * @param tableOf makes the table of that name. A stack of another name may have kept its own there
 */
export async function adoptLevelDb(
  folder: string,
  database: DatabaseSync,
  tableOf: (name: string) => StateTable,
): Promise<void> {
  const current = await readIfThere(join(folder, CURRENT));
  if (current === ADOPTED) return;
  if (current !== undefined) {
    const items = await readLevelDb(folder);
    inOneCommit(database, () => {
      for (const [name, item] of items) {
        const table = tableOf(name);
        const { pk, sk } = table.keyIn(item);
        table.rows.put(pk, { sk, item: JSON.stringify(item), bytes: itemSize(item) });
      }
    });
  }
  const written = join(folder, `${CURRENT}.new`);
  await writeFile(written, ADOPTED, { mode: 0o600 });
  await rename(written, join(folder, CURRENT));
  for (const name of await readdir(folder)) if (LEVELDB.test(name)) await rm(join(folder, name));
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

/** Reads the items of all tables, with their table's name. */
async function readLevelDb(folder: string): Promise<readonly (readonly [string, Item])[]> {
  const files = new Level<string, unknown>(folder, { valueEncoding: 'json' });
  try {
    await files.open();
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  }
  try {
    const items: (readonly [string, Item])[] = [];
    for await (const [key, value] of files.iterator()) {
      const [, table] = ITEM.exec(key) ?? [];
      if (table === undefined) continue;
      if (!isItem(value)) throw new Error(`${table} has something that is no item`);
      items.push([table, value]);
    }
    return items;
  } finally {
    await files.close();
  }
}
