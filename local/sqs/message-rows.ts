import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { statement } from '../services/statements.ts';

const row = z.object({
  seq: z.number(),
  id: z.string(),
  group: z.string(),
  deduplicationId: z.string(),
  body: z.string(),
  /** JSON of the message attributes, as SQS's protocol has them. */
  attributes: z.string(),
  sentAt: z.number(),
  firstReceivedAt: z.number(),
  receives: z.number(),
  receipt: z.string(),
});
export type StoredMessage = z.infer<typeof row>;
export type NewMessage = Pick<
  StoredMessage,
  'id' | 'group' | 'deduplicationId' | 'body' | 'attributes' | 'sentAt'
>;

const groupRow = z.object({ group: z.string() }).optional();
const heldRow = z.object({ visibleAt: z.number() }).optional();
const countRow = z.object({ all: z.number(), hidden: z.number() });
const nextRow = z.object({ at: z.number().nullable() });

/** The rows of one queue. Times are epoch milliseconds. */
export class MessageRows {
  readonly #database: DatabaseSync;
  readonly #queue: string;

  constructor(database: DatabaseSync, queue: string) {
    this.#database = database;
    this.#queue = queue;
  }

  insert({ id, group, deduplicationId, body, attributes, sentAt }: NewMessage): number {
    const sql = `INSERT INTO messages (queue, id, "group", deduplicationId, body, attributes, sentAt) VALUES (?, ?, ?, ?, ?, ?, ?)`;
    const values = [id, group, deduplicationId, body, attributes, sentAt];
    return Number(statement(this.#database, sql).run(this.#queue, ...values).lastInsertRowid);
  }

  /** The group of the oldest message whose group has no hidden one. */
  firstFreeGroup(now: number): string | undefined {
    // With that index the first free one ends the search. With any other all messages are looked
    // at.
    const sql = `SELECT "group" FROM messages INDEXED BY in_sequence WHERE queue = ? AND "group" NOT IN
      (SELECT "group" FROM messages INDEXED BY held WHERE queue = ? AND visibleAt > ?)
      ORDER BY seq LIMIT 1`;
    return groupRow.parse(statement(this.#database, sql).get(this.#queue, this.#queue, now))?.group;
  }

  ofGroup(group: string, most: number): readonly StoredMessage[] {
    const sql = 'SELECT * FROM messages WHERE queue = ? AND "group" = ? ORDER BY seq LIMIT ?';
    return statement(this.#database, sql)
      .all(this.#queue, group, most)
      .map((each) => row.parse(each));
  }

  handOut({ seq, receives, firstReceivedAt, receipt }: StoredMessage, until: number): void {
    const sql = `UPDATE messages SET receives = ?, firstReceivedAt = ?, receipt = ?, visibleAt = ?, heldBy = 'receive' WHERE seq = ?`;
    statement(this.#database, sql).run(receives, firstReceivedAt, receipt, until, seq);
  }

  /** Moves a message to the end of another queue. Its receives are counted on. */
  move(seq: number, queue: string): void {
    const sql = `INSERT INTO messages (queue, id, "group", deduplicationId, body, attributes, sentAt, receives)
      SELECT ?, id, "group", deduplicationId, body, attributes, sentAt, receives FROM messages WHERE seq = ?`;
    statement(this.#database, sql).run(queue, seq);
    statement(this.#database, 'DELETE FROM messages WHERE seq = ?').run(seq);
  }

  /** Until when the message with that receipt is hidden; undefined when there is none. */
  hiddenUntil(receipt: string): number | undefined {
    const sql = 'SELECT visibleAt FROM messages WHERE seq = ? AND queue = ? AND receipt = ?';
    return heldRow.parse(statement(this.#database, sql).get(seqOf(receipt), this.#queue, receipt))?.visibleAt;
  }

  putOff(receipt: string, until: number): void {
    const sql =
      "UPDATE messages SET visibleAt = ?, heldBy = 'change' WHERE seq = ? AND queue = ? AND receipt = ?";
    statement(this.#database, sql).run(until, seqOf(receipt), this.#queue, receipt);
  }

  remove(receipt: string): void {
    const sql = 'DELETE FROM messages WHERE seq = ? AND queue = ? AND receipt = ?';
    statement(this.#database, sql).run(seqOf(receipt), this.#queue, receipt);
  }

  removeSentBefore(time: number): void {
    statement(this.#database, 'DELETE FROM messages WHERE queue = ? AND sentAt < ?').run(this.#queue, time);
  }

  counts(now: number): { readonly visible: number; readonly hidden: number } {
    const sql = `SELECT count(*) AS "all", count(*) FILTER (WHERE visibleAt > ?) AS hidden FROM messages WHERE queue = ?`;
    const { all, hidden } = countRow.parse(statement(this.#database, sql).get(now, this.#queue));
    return { visible: all - hidden, hidden };
  }

  nextVisibleAt(now: number): number | undefined {
    const sql = 'SELECT min(visibleAt) AS at FROM messages WHERE queue = ? AND visibleAt > ?';
    return nextRow.parse(statement(this.#database, sql).get(this.#queue, now)).at ?? undefined;
  }
}

/**
 * Makes a receipt for a message that is handed out. It begins with the message's `seq`, by which it
 * is found.
 */
export function newReceipt(seq: number): string {
  return `${seq}-${randomUUID()}`;
}

function seqOf(receipt: string): number {
  return Number.parseInt(receipt, 10) || 0;
}
