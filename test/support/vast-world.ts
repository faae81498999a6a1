import { createLedger } from '../../lambdas/shared/ledger/ledger.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { positionAt } from '../../lambdas/shared/log-position.ts';
import { logEvent } from './log-event.ts';
import { pollWorld } from './poll-world.ts';
import { type Reads, vastTable } from './vast-table.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 25);

export interface VastWorldOptions {
  readonly batches: number;
  readonly unreadable?: number;
  /** Messages on the queue: as many as there are batches, or none, as after a purge. */
  readonly waiting: number;
}

/** A poll and a delivery beside many open batches, and counts of what they read. */
export async function vastWorld({ batches, unreadable = 0, waiting }: VastWorldOptions) {
  const begins = NOW - HOUR - batches * 1_000;
  const table = vastTable({ batches, unreadable, begins });
  let drawn = 0;
  const ledger = createLedger(createTable(table.client, 'table'), () => `r${drawn++}`);
  const tenant = 'example.eu.auth0.com';
  const grouping = { order: 'resource', version: 2 } as const;
  await ledger.createState('ledger', positionAt(NOW - HOUR, '900'), batches, { tenant, grouping });
  const world = pollWorld([logEvent({ time: begins - HOUR }), logEvent({ time: NOW - 60_000 })], {});
  world.now = NOW;
  const connection = { ...world.settings.connection, domain: tenant };
  const counts = async () => ({ waiting, deadLettered: 0 });

  async function measured<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly reads: Reads }> {
    Object.assign(table.reads, { requests: 0, items: 0, units: 0 });
    const result = await work();
    return { result, reads: { ...table.reads } };
  }

  return {
    ledger,
    measured,
    advance: (ms: number) => {
      world.now += ms;
    },
    poll: () =>
      world.poll({
        ledger,
        now: () => {
          world.now += 50; // each look at the clock
          return world.now;
        },
        grouping,
        settings: { ...world.settings, connection },
        queue: { ...world.queue, counts },
      }),
    /** Makes the ledger's calls of a delivery, for one event of a batch. */
    deliver: async () => {
      const id = table.idAt(Math.floor(batches / 2));
      await ledger.readBatch(id);
      await ledger.readState();
      const outcomes = { delivered: new Set([0]), failed: new Map(), deadLettered: new Set<number>() };
      if (await ledger.record(id, outcomes)) await ledger.removeIfDelivered(id);
      const checkpoint = await ledger.checkpoint();
      if (checkpoint !== undefined) await ledger.writeCheckpoint(checkpoint, NOW);
      return checkpoint;
    },
  };
}
