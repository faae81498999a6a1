import { parseSchedule } from '../schedule/parse-schedule.ts';

/** The time that an alarm looks at: `periods` times `seconds`. */
export interface AlarmWindow {
  /** Length of one period, a multiple of 60 up to a day, as CloudWatch has it. */
  readonly seconds: number;
  readonly periods: number;
}

const FIVE_MINUTES = 300;
const HOUR = 3_600;
const DAY = 86_400;
/**
 * The longest window that CloudWatch has, with periods of an hour and more. With shorter ones it is
 * a day.
 */
const LONGEST_SECONDS = 7 * DAY;

/** Windows in which a schedule's polls surely leave a data point in each period. */
export function pollWindows(schedule: string): {
  /** For a condition that lasts: 15 minutes with a poll a minute. */
  readonly lasting: AlarmWindow;
  /** For silence: no poll within this time. */
  readonly silence: AlarmWindow;
} {
  const parsed = parseSchedule(schedule);
  // `parseConfig` has refused such a schedule before.
  if (parsed === undefined) throw new TypeError(`no schedule: ${schedule}`);
  const pause = parsed.longestPauseSeconds;
  if (pause <= FIVE_MINUTES) {
    const quarter = { seconds: FIVE_MINUTES, periods: 3 };
    return { lasting: quarter, silence: quarter };
  }
  const seconds = wholeMinutes(Math.min(DAY, pause));
  return { lasting: { seconds, periods: pause <= HOUR ? 2 : 1 }, silence: silenceAfter(pause) };
}

/**
 * The longest pause and one period more. The periods are short, as CloudWatch may look some of them
 * further back for data. With long ones that adds hours, and Auth0 may keep its log for a day only.
 */
function silenceAfter(pause: number): AlarmWindow {
  const seconds = Math.min(HOUR, wholeMinutes(Math.max(FIVE_MINUTES, pause / 4)));
  const periods = Math.min(LONGEST_SECONDS / seconds, Math.ceil(pause / seconds) + 1);
  return { seconds, periods };
}

function wholeMinutes(seconds: number): number {
  return Math.ceil(seconds / 60) * 60;
}
