const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Schedules, and the longest time between two of their runs in seconds. */
export const PAUSES: readonly (readonly [schedule: string, seconds: number])[] = [
  ['rate(1 minute)', MINUTE],
  ['rate(5 minutes)', 5 * MINUTE],
  ['rate(2 hours)', 2 * HOUR],
  ['rate(3 days)', 3 * DAY],
  ['cron(* * * * ? *)', MINUTE],
  ['cron(0/15 * * * ? *)', 15 * MINUTE],
  ['cron(0,20 * * * ? *)', 40 * MINUTE],
  ['cron(30 6 * * ? *)', DAY],
  ['cron(0/30 6-22 * * ? *)', 7.5 * HOUR], // 22:30 to 6:00
  ['cron(0 12 ? * MON-FRI *)', 3 * DAY],
  ['cron(0 12 ? * FRI-MON *)', 4 * DAY], // Monday to Friday
  ['cron(0 0 ? * 2,4 *)', 5 * DAY],
  ['cron(0 0 1 * ? *)', 31 * DAY],
  ['cron(0 0 1 JAN,JUL ? *)', 184 * DAY],
  ['cron(0 0 L * ? *)', 31 * DAY],
  ['cron(0 0 ? * 6#1 *)', 35 * DAY],
];
