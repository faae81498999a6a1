import * as z from 'zod/mini';
import { BOOL, boolean, type Item, N, number, S, string } from './attribute-values.ts';
import type { Table } from './table.ts';

/** The note of how long batches have been open while the queue was empty. */
export interface QuietNote {
  readQuiet(): Promise<Quiet | undefined>;
  writeQuiet(quiet: Quiet): Promise<void>;
  /** Deletes the note as it was read. False when another poll has changed it since. */
  takeQuiet(quiet: Quiet): Promise<boolean>;
  clearQuiet(): Promise<void>;
}

/**
 * A time in which batches were open while the queue was empty: since when (epoch milliseconds), and
 * over how many polls.
 */
export interface Quiet {
  readonly since: number;
  readonly polls: number;
  /** True when the dead-letter queue held anything. */
  readonly hasDead?: boolean | undefined;
  /** True once all open batches were looked at, and none of them had lost its messages. */
  readonly looked?: boolean | undefined;
  /** The batch up to which none was found that had lost its messages. */
  readonly after?: string | undefined;
}

const QUIET = 'quiet';

const quietItem = z.object({
  since: number,
  polls: number,
  hasDead: z.optional(boolean),
  looked: z.optional(boolean),
  after: z.optional(string),
});

export function createQuietNote(table: Table): QuietNote {
  return {
    async readQuiet() {
      const item = await table.get(QUIET);
      return item && quietItem.parse(item);
    },
    async writeQuiet({ since, polls, hasDead = false, looked = false, after }) {
      const item: Item = { since: N(since), polls: N(polls), hasDead: BOOL(hasDead), looked: BOOL(looked) };
      await table.replace(QUIET, after === undefined ? item : { ...item, after: S(after) });
    },
    async takeQuiet({ since, polls }) {
      return await table.remove(QUIET, {
        condition: '#since = :since AND #polls = :polls',
        names: { '#since': 'since', '#polls': 'polls' },
        values: { ':since': N(since), ':polls': N(polls) },
      });
    },
    async clearQuiet() {
      await table.remove(QUIET);
    },
  };
}
