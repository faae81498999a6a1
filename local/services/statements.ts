import type { DatabaseSync, StatementSync } from 'node:sqlite';

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** The statement, prepared once, as preparing takes longer than most of ours take to run. */
export function statement(database: DatabaseSync, sql: string): StatementSync {
  const own = prepared.get(database) ?? new Map<string, StatementSync>();
  prepared.set(database, own);
  const known = own.get(sql);
  if (known) return known;
  const made = database.prepare(sql);
  own.set(sql, made);
  return made;
}

/** Makes one commit of all writes of the work. The work must not wait for anything. */
export function inOneCommit<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has done that already when the disk is full. Its refusal would hide why.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
