import * as z from 'zod/mini';
import { type Item, N, S } from './attribute-values.ts';
import type { Table } from './table.ts';

/** Sort key of what an operator has stopped. */
export const PAUSE = 'pause';

/** What an operator can stop for a while. */
export const PAUSABLE = ['polls', 'deliveries'] as const;
export type Pausable = (typeof PAUSABLE)[number];

export interface Paused {
  readonly reason: string;
  /** Since when, epoch milliseconds. */
  readonly at: number;
}

export type Pauses = Readonly<Partial<Record<Pausable, Paused>>>;

/**
 * What an operator has stopped: one item of the state table. Each poll, and each invocation of the
 * delivery function, reads it once.
 */
export interface PauseSwitch {
  read(): Promise<Pauses>;
  pause(what: Pausable, paused: Paused): Promise<void>;
  resume(what: Pausable): Promise<void>;
}

const paused = z.pipe(
  z.object({ M: z.object({ reason: z.object({ S: z.string() }), at: z.object({ N: z.string() }) }) }),
  z.transform(({ M }) => ({ reason: M.reason.S, at: Number(M.at.N) })),
);
const pauseItem = z.object({ polls: z.optional(paused), deliveries: z.optional(paused) });

export function parsePauses(item: Item): Pauses {
  const { polls, deliveries } = pauseItem.parse(item);
  return { ...(polls ? { polls } : {}), ...(deliveries ? { deliveries } : {}) };
}

export function createPauseSwitch(table: Pick<Table, 'get' | 'update'>): PauseSwitch {
  return {
    async read() {
      const item = await table.get(PAUSE);
      return item ? parsePauses(item) : {};
    },

    async pause(what, { reason, at }) {
      await table.update(PAUSE, {
        update: 'SET #what = :paused',
        names: { '#what': what },
        values: { ':paused': { M: { reason: S(reason), at: N(at) } } },
      });
    },

    async resume(what) {
      await table.update(PAUSE, { update: 'REMOVE #what', names: { '#what': what } });
    },
  };
}
