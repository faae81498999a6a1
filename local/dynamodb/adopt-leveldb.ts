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
 * same. Rejects when they are damaged.
 */
export async function adoptLevelDb(
  folder: string,
  database: DatabaseSync,
  tables: ReadonlyMap<string, StateTable>,
): Promise<void> {
  const current = await readFile(join(folder, CURRENT), 'utf8').catch(() => undefined);
  if (current === ADOPTED) return;
  if (current !== undefined) {
    const items = await readLevelDb(folder, tables);
    inOneCommit(database, () => {
      for (const [table, item] of items) {
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

/** Reads dynalite's rows: an item's JSON under `item-<table>~<key>`. */
async function readLevelDb(
  folder: string,
  tables: ReadonlyMap<string, StateTable>,
): Promise<readonly (readonly [StateTable, Item])[]> {
  const files = new Level<string, unknown>(folder, { valueEncoding: 'json' });
  try {
    await files.open();
  } catch (error) {
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  }
  try {
    const items: (readonly [StateTable, Item])[] = [];
    for (const [name, table] of tables) {
      const prefix = `item-${name}~`;
      for await (const [key, value] of files.iterator({ gte: prefix })) {
        if (!key.startsWith(prefix)) break;
        if (!isItem(value)) throw new Error(`${key} is no item`);
        items.push([table, value]);
      }
    }
    return items;
  } finally {
    await files.close();
  }
}
