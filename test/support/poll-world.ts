import { poll } from '../../lambdas/poller/poll.ts';
import type { PollDeps } from '../../lambdas/poller/poll-deps.ts';
import type { PollReport } from '../../lambdas/poller/poll-report.ts';
import type { LogEvent } from '../../lambdas/shared/log-event.ts';
import { CURRENT_RESOURCE_VERSION } from '../../lambdas/shared/resource-version.ts';
import type { Auth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import { type FakeLog, fakeLog } from './fake-log.ts';
import { type FakeQueue, fakeQueue } from './fake-queue.ts';
import { T0 } from './log-event.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.ts';
import { openBatches } from './open-batches.ts';
import { auth0Settings } from './settings.ts';
import { keptLog } from './told.ts';

/**
 * A poller and everything that it touches, in memory, with a clock that stands until it is moved.
 */
export interface PollWorld {
  readonly log: FakeLog;
  readonly ledger: MemoryLedger;
  readonly queue: FakeQueue;
  readonly told: ReturnType<typeof keptLog>;
  readonly slept: number[];
  /** Epoch milliseconds. */
  now: number;
  settings: Auth0Settings;
  /** Log_ids that the webhook got, in order. */
  readonly delivered: string[];
  deps(): PollDeps;
  /** Runs one poll. `overrides` replace single ports. */
  poll(overrides?: Partial<PollDeps>): Promise<PollReport & Left>;
  /** Delivers what the queue holds, as the delivery function would. */
  deliver(): Promise<void>;
}

/** What is open after a poll, as the ledger has it. */
interface Left {
  /** Events that are neither delivered nor dismissed. */
  readonly pending: number;
  readonly openBatches: number;
}

export function pollWorld(entries: readonly LogEvent[], settings: Partial<Auth0Settings> = {}): PollWorld {
  let drawn = 0;
  const world: PollWorld = {
    now: T0 + 3_600_000,
    settings: auth0Settings(settings),
    log: fakeLog(entries, () => world.now),
    ledger: memoryLedger(),
    queue: fakeQueue(),
    told: keptLog(),
    slept: [],
    delivered: [],
    deps: () => ({
      log: world.log,
      ledger: world.ledger,
      queue: world.queue,
      settings: world.settings,
      grouping: { order: 'resource', version: CURRENT_RESOURCE_VERSION },
      batchPages: 1,
      tell: world.told.tell,
      now: () => world.now,
      sleep: async (ms) => {
        world.slept.push(ms);
      },
      randomId: () => `ledger-${drawn++}`,
      mayStartPage: () => true,
      pageTimeMs: () => 20_000,
    }),
    async poll(overrides = {}) {
      const report = await poll({ ...world.deps(), ...overrides });
      if (report.failure !== undefined) throw report.failure;
      const open = await openBatches(world.ledger);
      const pending = open.reduce((sum, batch) => sum + batch.pending.size, 0);
      return { ...report, pending, openBatches: open.length };
    },
    async deliver() {
      for (const { batch, ordinal, logId, round = 0 } of world.queue.messages.splice(0)) {
        const open = await world.ledger.readBatch(batch);
        const isSuperseded = open && round < open.sentRound && !open.kept.has(ordinal);
        if (!open?.pending.has(ordinal) || isSuperseded) continue;
        world.delivered.push(logId);
        const outcomes = {
          delivered: new Set([ordinal]),
          failed: new Map(),
          deadLettered: new Set<number>(),
        };
        if (await world.ledger.record(batch, outcomes)) await world.ledger.removeIfDelivered(batch);
      }
    },
  };
  return world;
}
