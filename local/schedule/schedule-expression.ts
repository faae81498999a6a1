import { nextCron } from './cron.ts';

const UNITS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Epoch milliseconds of the next run, given those of the last one; undefined when there is none. */
export type NextRun = (last: number) => number | undefined;

export function everySeconds(seconds: number): NextRun {
  return (last) => last + seconds * 1000;
}

/** Reads an EventBridge schedule: `rate(5 minutes)` or `cron(…)`. Throws for anything else. */
export function parseSchedule(expression: string): NextRun {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = UNITS[unit];
  if (count !== undefined && seconds !== undefined) return everySeconds(Number(count) * seconds);
  const [, cron] = /^cron\((.+)\)$/.exec(expression) ?? [];
  if (cron === undefined) throw new Error(`Local mode does not know the schedule ${expression}.`);
  nextCron(cron, Date.now()); // a fault in it is told now
  return (last) => nextCron(cron, last);
}
