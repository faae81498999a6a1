import * as z from 'zod/mini';
import { type Item, N, number, S, string } from './attribute-values.ts';
import type { PollSign } from './items.ts';
import { createQuietNote, type QuietNote } from './quiet-note.ts';
import type { Table } from './table.ts';
import { checkpointUpdate } from './updates.ts';

/**
 * Items that save work or are for people. If one of them is lost, no event is lost or sent twice.
 */
export interface Notes extends QuietNote {
  /**
   * Writes the checkpoint, which is for people, metrics and alarms. No decision reads the position.
   */
  writeCheckpoint(position: string, at: number, sign?: PollSign): Promise<void>;
  readCheckpoint(): Promise<CheckpointNote>;
  clearCheckpoint(): Promise<void>;
  /** Gives `caughtUpBefore` of the note as it stands. */
  caughtUpAt(cursor: string): Promise<number | undefined>;
  /** Notes that an entry from the future was told, as one alarm is enough. */
  writeToldFuture(logId: string): Promise<void>;
  /** Reads how far the removal of abandoned batches has come. */
  readRemoval(): Promise<Removal | undefined>;
  writeRemoval(removal: Removal): Promise<void>;
  clearRemoval(): Promise<void>;
}

export interface CheckpointNote {
  readonly position?: string | undefined;
  /**
   * When a poll last worked on this table to its end (epoch milliseconds), and the state's `seq`
   * then.
   */
  readonly polledAt?: number | undefined;
  readonly polledSeq?: number | undefined;
  /**
   * When the log was last proven to be read to its end (epoch milliseconds), and the cursor then.
   */
  readonly caughtUpAt?: number | undefined;
  readonly caughtUpCursor?: string | undefined;
  readonly toldFuture?: string | undefined;
}

export interface Removal {
  /** The newest `seq` of the abandoned batches, which tells one removal from another. */
  readonly seq: number;
  /** The batch up to which all are removed or kept. */
  readonly after: string;
}

const CHECKPOINT = 'checkpoint';
const REMOVAL = 'removal';

const checkpointItem = z.object({
  position: z.optional(string),
  polledAt: z.optional(number),
  polledSeq: z.optional(number),
  caughtUpAt: z.optional(number),
  caughtUpCursor: z.optional(string),
  toldFuture: z.optional(string),
});
const removalItem = z.object({ seq: number, after: string });

/**
 * When the log was last proven to be read to its end (epoch milliseconds), which tells a gap from a
 * quiet tenant. Undefined when the cursor has gone back since then, as what lies after it is unread
 * again.
 */
export function caughtUpBefore(
  { caughtUpAt, caughtUpCursor }: CheckpointNote,
  cursor: string,
): number | undefined {
  return (caughtUpCursor ?? cursor) > cursor ? undefined : caughtUpAt;
}

export function createNotes(table: Table): Notes {
  const readCheckpoint = async () => checkpointItem.parse((await table.get(CHECKPOINT)) ?? {});
  return {
    readCheckpoint,
    async caughtUpAt(cursor) {
      return caughtUpBefore(await readCheckpoint(), cursor);
    },
    async writeCheckpoint(position, at, sign) {
      await table.update(CHECKPOINT, checkpointUpdate(position, at, sign));
    },
    async clearCheckpoint() {
      await table.remove(CHECKPOINT);
    },
    async writeToldFuture(logId) {
      const of: Item = { ':told': S(logId) };
      await table.update(CHECKPOINT, {
        update: 'SET #told = :told',
        names: { '#told': 'toldFuture' },
        values: of,
      });
    },
    ...createQuietNote(table),
    async readRemoval() {
      const item = await table.get(REMOVAL);
      return item && removalItem.parse(item);
    },
    async writeRemoval({ seq, after }) {
      await table.replace(REMOVAL, { seq: N(seq), after: S(after) });
    },
    async clearRemoval() {
      await table.remove(REMOVAL);
    },
  };
}
