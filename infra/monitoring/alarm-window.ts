import { parseSchedule } from '../schedule/parse-schedule.ts';

/** An alarm looks at `periods` times `seconds`. */
export interface AlarmWindow {
  /** Length of one period, a multiple of 60 up to a day, as CloudWatch has it. */
  readonly seconds: number;
  readonly periods: number;
}

const FIVE_MINUTES = 300;
const HOUR = 3_600;
const DAY = 86_400;
/** CloudWatch's longest look-back, for periods of an hour and more. */
const LONGEST_DAYS = 7;

/** Windows in which a schedule's polls are sure to leave a data point in each period. */
export function pollWindows(schedule: string): {
  /** A condition that holds this long is meant: 15 minutes with a poll a minute. */
  readonly lasting: AlarmWindow;
  /** No poll in this time is silence. */
  readonly silence: AlarmWindow;
} {
  const parsed = parseSchedule(schedule);
  // `parseConfig` refuses it before.
  if (parsed === undefined) throw new TypeError(`no schedule: ${schedule}`);
  const pause = parsed.longestPauseSeconds;
  const seconds = Math.min(DAY, Math.max(FIVE_MINUTES, Math.ceil(pause / 60) * 60));
  if (pause <= FIVE_MINUTES) return { lasting: { seconds, periods: 3 }, silence: { seconds, periods: 3 } };
  const periods = pause <= DAY ? 2 : Math.min(LONGEST_DAYS, Math.ceil(pause / DAY) + 1);
  return { lasting: { seconds, periods: pause <= HOUR ? 2 : 1 }, silence: { seconds, periods } };
}
