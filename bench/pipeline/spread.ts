import type { MetricsLevel } from '../../lambdas/shared/contract.ts';
import { VirtualClock } from '../virtual/clock.ts';
import { type CountsByKind, scaled, since } from './counts.ts';
import type { Latencies } from './options.ts';
import { startFreePipeline } from './pipeline.ts';

const MINUTE_MS = 60_000;
const BEGIN = Date.UTC(2026, 0, 1);
/**
 * Minutes before counting begins. The first polls make the state, and prove the end of an old log.
 */
const WARM_UP_MINUTES = 15;

export interface SpreadOptions {
  readonly concurrentCalls: number;
  readonly pollEverySeconds: number;
  readonly monitoring: MetricsLevel;
  /** Events a month, at even distances; 0 = nothing happens. */
  readonly eventsAMonth: number;
  readonly latencies: Latencies;
  readonly mostPerReceive?: number;
  /** Virtual minutes that are counted. */
  readonly minutes: number;
}

export const MINUTES_A_MONTH = 43_800;

/** Counts an average minute of such a month, in virtual time. */
export async function countMinute(options: SpreadOptions): Promise<{ counts: CountsByKind; events: number }> {
  const { eventsAMonth, minutes, pollEverySeconds } = options;
  const clock = new VirtualClock(BEGIN);
  const everyMs = eventsAMonth === 0 ? MINUTE_MS : (MINUTES_A_MONTH * MINUTE_MS) / eventsAMonth;
  const length = eventsAMonth === 0 ? 1 : Number.MAX_SAFE_INTEGER;
  const pipeline = startFreePipeline({
    ...options,
    clock,
    log: { length, from: BEGIN - everyMs, everyMs, resources: 1_000 },
  });
  for (let minute = 0; minute < WARM_UP_MINUTES + minutes + 1; minute++)
    clock.at(BEGIN + (minute + 1) * MINUTE_MS, () => void pipeline.poll(pollEverySeconds));
  const counted = async (end: number) => {
    await clock.run(BEGIN + end * MINUTE_MS, () => false);
    return { counts: pipeline.counts.all(), events: pipeline.delivered() };
  };
  const before = await counted(WARM_UP_MINUTES + 0.9);
  const after = await counted(WARM_UP_MINUTES + minutes + 0.9);
  pipeline.stop();
  return {
    counts: scaled(since(before.counts, after.counts), 1 / minutes),
    events: (after.events - before.events) / minutes,
  };
}
