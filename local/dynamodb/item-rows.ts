import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { statement } from '../services/statements.ts';

const found = z.object({ item: z.string() }).optional();
const row = z.object({ pk: z.string(), sk: z.string(), item: z.string(), bytes: z.number() });

/** An item as it is stored: `item` is its JSON, `bytes` its size as DynamoDB counts it. */
export type StoredItem = z.infer<typeof row>;

/** An item's key, without the names of its attributes. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Sort keys of one partition, from the first to the last, both included. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
}

/** The rows of one table. SQLite compares texts by their bytes in UTF-8, as DynamoDB does. */
export class ItemRows {
  readonly #database: DatabaseSync;
  readonly #table: string;

  constructor(database: DatabaseSync, table: string) {
    this.#database = database;
    this.#table = table;
  }

  get(pk: string, sk: string): string | undefined {
    const sql = 'SELECT item FROM items WHERE "table" = ? AND pk = ? AND sk = ?';
    return found.parse(statement(this.#database, sql).get(this.#table, pk, sk))?.item;
  }

  put({ pk, sk, item, bytes }: StoredItem): void {
    const sql = `INSERT INTO items ("table", pk, sk, item, bytes) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT ("table", pk, sk) DO UPDATE SET item = excluded.item, bytes = excluded.bytes`;
    statement(this.#database, sql).run(this.#table, pk, sk, item, bytes);
  }

  remove(pk: string, sk: string): void {
    const sql = 'DELETE FROM items WHERE "table" = ? AND pk = ? AND sk = ?';
    statement(this.#database, sql).run(this.#table, pk, sk);
  }

  /**
   * Reads one after the other in the order of sort keys; what is not asked for is not read.
   * @param after a sort key of the stretch. It takes the place of `first`: SQLite looks up one of
   * two lower bounds only, and would read past a million items for the other
   */
  *between(pk: string, { first, last }: Stretch, after?: string): Generator<StoredItem> {
    const sql = `SELECT pk, sk, item, bytes FROM items
      WHERE "table" = ? AND pk = ? AND sk ${after === undefined ? '>=' : '>'} ? AND sk <= ? ORDER BY sk`;
    const rows = statement(this.#database, sql).iterate(this.#table, pk, after ?? first, last);
    for (const each of rows) yield row.parse(each);
  }

  /** Reads all, one after the other, from behind a key on. */
  *all(after: Key = { pk: '', sk: '' }): Generator<StoredItem> {
    const sql = `SELECT pk, sk, item, bytes FROM items
      WHERE "table" = ? AND (pk, sk) > (?, ?) ORDER BY pk, sk`;
    for (const each of statement(this.#database, sql).iterate(this.#table, after.pk, after.sk))
      yield row.parse(each);
  }
}
