import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** `item` is an item's JSON, `bytes` its size as DynamoDB counts it. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS items (
    "table" TEXT NOT NULL,
    pk TEXT NOT NULL,
    sk TEXT NOT NULL,
    item TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE ("table", pk, sk)
  );
`;

/** Opens the SQLite file of all tables in `folder`. */
export function openTables(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'tables.db');
  const database = new DatabaseSync(path);
  try {
    chmodSync(path, 0o600);
    // In WAL mode what is committed survives a kill, and only a power cut may take the newest
    // writes. An fsync for each write would cost 4 ms.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    // The log is copied into the file at 40 MB instead of 4, as each copy waits for the disk twice.
    database.exec('PRAGMA wal_autocheckpoint = 10000');
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
