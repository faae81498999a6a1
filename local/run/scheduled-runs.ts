import type { Schedule } from '../../infra/schedule/schedule.ts';

/** The longest time of setTimeout. A later run is waited for in several steps. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface ScheduledRuns {
  /** Starts no more runs. Resolves when those in flight have ended. */
  stop(): Promise<void>;
}

/**
 * Runs at once, then whenever it is due, whether or not the run before has ended. The function's
 * reserved concurrency decides how many overlap. `run` must not reject.
 */
export function startScheduledRuns(schedule: Schedule, run: () => Promise<unknown>): ScheduledRuns {
  const running = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;

  const start = () => {
    const started = run().finally(() => running.delete(started));
    running.add(started);
  };
  const wait = (due: number | undefined) => {
    if (due === undefined) return;
    const left = due - Date.now();
    timer = setTimeout(
      () => {
        if (left > LONGEST_TIMER_MS) return wait(due);
        start();
        // Runs that were missed while the machine slept are not made up for.
        wait(schedule.next(Math.max(due, Date.now())));
      },
      Math.min(Math.max(0, left), LONGEST_TIMER_MS),
    );
  };

  start();
  wait(schedule.next(Date.now()));
  return {
    async stop() {
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
