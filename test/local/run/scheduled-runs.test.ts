import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseSchedule } from '../../../infra/schedule/parse-schedule.ts';
import { everySeconds } from '../../../infra/schedule/schedule.ts';
import { startScheduledRuns } from '../../../local/run/scheduled-runs.ts';

const DAYS_40 = 40 * 86_400;

describe('startScheduledRuns', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs at once and then whenever it is due', async () => {
    const run = vi.fn(async () => {});
    const runs = startScheduledRuns(everySeconds(2), run);

    await vi.advanceTimersByTimeAsync(6_500);
    await runs.stop();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(run).toHaveBeenCalledTimes(4);
  });

  it('does not wait for a run that takes longer: the function throttles the next', async () => {
    const run = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 5_000)));
    const runs = startScheduledRuns(everySeconds(2), run);

    await vi.advanceTimersByTimeAsync(4_500);

    expect(run).toHaveBeenCalledTimes(3);
    const stopped = runs.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    await stopped;
  });

  it('runs by a cron expression, and no more when its years are over', async () => {
    vi.setSystemTime('2026-12-31T23:57:30Z');
    const run = vi.fn(async () => {});
    const schedule = parseSchedule('cron(* * * * ? 2026)');
    if (schedule === undefined) throw new Error('it is one');
    const runs = startScheduledRuns(schedule, run);

    await vi.advanceTimersByTimeAsync(600_000);
    await runs.stop();

    expect(run).toHaveBeenCalledTimes(3); // at once, 23:58, 23:59
  });

  it('stops only after the run in flight', async () => {
    const finish = Promise.withResolvers<void>();
    const events: string[] = [];
    const runs = startScheduledRuns(everySeconds(60), () => finish.promise.then(() => events.push('run')));

    const stopped = runs.stop().then(() => events.push('stopped'));
    finish.resolve();
    await stopped;

    expect(events).toEqual(['run', 'stopped']);
  });

  it('waits longer than one timer can', async () => {
    const run = vi.fn(async () => {});
    const runs = startScheduledRuns(everySeconds(DAYS_40), run);

    await vi.advanceTimersByTimeAsync((DAYS_40 - 60) * 1000);

    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(120_000);

    expect(run).toHaveBeenCalledTimes(2);
    await runs.stop();
  });
});
