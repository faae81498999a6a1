import { type CountsByKind, less, scaled } from '../pipeline/counts.ts';
import { FREE, type Latencies } from '../pipeline/options.ts';
import { startFreePipeline } from '../pipeline/pipeline.ts';
import { countMinute, MINUTES_A_MONTH } from '../pipeline/spread.ts';
import { VirtualClock } from '../virtual/clock.ts';
import { LATENCIES } from './prices.ts';

export const MILLION = 1_000_000;
const BEGIN = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

/**
 * What is asked of AWS and Auth0, counted in virtual time: the same numbers in each run, on each
 * machine.
 */
export interface Countings {
  /** A minute's counts while nothing happens, polled every 60 s and every 5 s. */
  readonly idle: Readonly<Record<60 | 5, CountsByKind>>;
  /**
   * Counts of a thousand events with 5 calls, polled once a minute, at a million and ten million a
   * month.
   */
  readonly even: Readonly<Record<'1M' | '10M', CountsByKind>>;
  /** Counts of a thousand events that are in the log at once, by `concurrentCalls`. */
  readonly bulk: Readonly<Record<1 | 5 | 100, CountsByKind>>;
}

const EACH = { concurrentCalls: 5, pollEverySeconds: 60, monitoring: 'full', latencies: LATENCIES } as const;

export async function countAll(): Promise<Countings> {
  const idle = async (pollEverySeconds: number) =>
    (await countMinute({ ...EACH, pollEverySeconds, eventsAMonth: 0, minutes: 20 })).counts;
  const even = async (eventsAMonth: number) => {
    const { counts } = await countMinute({ ...EACH, eventsAMonth, minutes: 20 });
    return scaled(less(counts, each[60]), (1_000 * MINUTES_A_MONTH) / eventsAMonth);
  };
  const each = { 60: await idle(60), 5: await idle(5) };
  return {
    idle: each,
    even: { '1M': await even(MILLION), '10M': await even(10 * MILLION) },
    bulk: { 1: await countBulk(1), 5: await countBulk(5), 100: await countBulk(100) },
  };
}

/** Counts a thousand events that one poll reads at once. */
export async function countBulk(concurrentCalls: number, mostPerReceive = 10): Promise<CountsByKind> {
  const clock = new VirtualClock(BEGIN + HOUR_MS);
  const latencies: Latencies = { ...FREE, pageMs: LATENCIES.pageMs, webhookMs: LATENCIES.webhookMs };
  const log = { length: 1_000, from: BEGIN, everyMs: 1_000, resources: 500 };
  const pipeline = startFreePipeline({ clock, log, latencies, concurrentCalls, mostPerReceive });
  let isRead = false;
  void pipeline.poll().then(() => {
    isRead = true;
  });
  await clock.run(BEGIN + 3 * HOUR_MS, () => isRead && pipeline.queue.waiting === 0);
  pipeline.stop();
  if (pipeline.delivered() !== 1_000)
    throw new Error(`${pipeline.delivered()} of 1,000 events were delivered`);
  return pipeline.counts.all();
}
