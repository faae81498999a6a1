import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { statement } from '../services/statements.ts';

/** How long SQS drops a second message with the same deduplication id. */
const SPAN_MS = 5 * 60_000;

const sentRow = z.object({ id: z.string(), seq: z.number() }).optional();

export interface Sent {
  readonly id: string;
  readonly seq: number;
}

/**
 * Sends by `send`, unless a message with that key was sent in the last five minutes.
 * @returns what was sent first
 */
export function sendOnce(database: DatabaseSync, key: string, now: number, send: () => Sent): Sent {
  statement(database, 'DELETE FROM sent WHERE at <= ?').run(now - SPAN_MS);
  const earlier = sentRow.parse(statement(database, 'SELECT id, seq FROM sent WHERE key = ?').get(key));
  if (earlier) return earlier;
  const sent = send();
  const sql = 'INSERT INTO sent (key, id, seq, at) VALUES (?, ?, ?, ?)';
  statement(database, sql).run(key, sent.id, sent.seq, now);
  return sent;
}
