import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSchedule } from '../../../local/schedule/schedule.ts';
import { everySeconds } from '../../../local/schedule/schedule-expression.ts';

const DAYS_40 = 40 * 86_400;

describe('startSchedule', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs at once and then whenever it is due', async () => {
    const run = vi.fn(async () => {});
    const schedule = startSchedule(everySeconds(2), run);

    await vi.advanceTimersByTimeAsync(6_500);
    await schedule.stop();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(run).toHaveBeenCalledTimes(4);
  });

  it('does not wait for a run that takes longer: the function throttles the next', async () => {
    const run = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 5_000)));
    const schedule = startSchedule(everySeconds(2), run);

    await vi.advanceTimersByTimeAsync(4_500);

    expect(run).toHaveBeenCalledTimes(3);
    const stopped = schedule.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    await stopped;
  });

  it('stops only after the run in flight', async () => {
    const finish = Promise.withResolvers<void>();
    const events: string[] = [];
    const schedule = startSchedule(everySeconds(60), () => finish.promise.then(() => events.push('run')));

    const stopped = schedule.stop().then(() => events.push('stopped'));
    finish.resolve();
    await stopped;

    expect(events).toEqual(['run', 'stopped']);
  });

  it('waits longer than one timer can', async () => {
    const run = vi.fn(async () => {});
    const schedule = startSchedule(everySeconds(DAYS_40), run);

    await vi.advanceTimersByTimeAsync((DAYS_40 - 60) * 1000);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(120_000);

    expect(run).toHaveBeenCalledTimes(2);
    await schedule.stop();
  });
});
