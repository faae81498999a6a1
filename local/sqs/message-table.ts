import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * `visibleAt` (epoch milliseconds) hides a message until then. `heldBy` says why: handed out
 * (`receive`), or put off on purpose (`change`, a retry delay).
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    "group" TEXT NOT NULL,
    deduplicationId TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    sentAt INTEGER NOT NULL,
    firstReceivedAt INTEGER NOT NULL DEFAULT 0,
    receives INTEGER NOT NULL DEFAULT 0,
    receipt TEXT NOT NULL DEFAULT '',
    visibleAt INTEGER NOT NULL DEFAULT 0,
    heldBy TEXT NOT NULL DEFAULT ''
  );
  CREATE INDEX IF NOT EXISTS in_order ON messages (queue, "group", seq);
  CREATE INDEX IF NOT EXISTS held ON messages (queue, visibleAt, "group");
  CREATE INDEX IF NOT EXISTS in_sequence ON messages (queue, seq, "group");
  CREATE INDEX IF NOT EXISTS by_age ON messages (queue, sentAt);
  DROP INDEX IF EXISTS receipts;
  CREATE TABLE IF NOT EXISTS sent (
    key TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS sent_at ON sent (at);
`;

/**
 * Opens the SQLite file of all queues in `folder`. A message that was handed out is visible again,
 * as its holder died with the process that kept it. A retry delay goes on.
 */
export function openMessages(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'queues.db');
  const database = new DatabaseSync(path);
  chmodSync(path, 0o600);
  // In WAL mode this survives a kill, and only a power cut may take the newest commits. An fsync
  // for each message would cost 4 ms.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  // The log is copied into the file at 40 MB instead of 4, as each copy waits for the disk twice.
  database.exec('PRAGMA wal_autocheckpoint = 10000');
  database.exec(SCHEMA);
  database.exec("UPDATE messages SET visibleAt = 0 WHERE heldBy = 'receive'");
  return database;
}
