import { type DayRule, dayOfMonthRule, dayOfWeekRule } from './cron-days.ts';
import { cronValues } from './cron-fields.ts';
import type { Schedule } from './schedule.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/**
 * How far ahead the next run is looked for. Leap days are up to eight years apart, as most
 * centuries skip one (1896 to 1904); nine years hold two.
 */
const HORIZON_DAYS = 9 * 366;
/** The longest pause is looked for in these nine years. */
const SEARCHED_FROM = Date.UTC(2024, 0, 1);

/**
 * Parses EventBridge's `minute hour day-of-month month day-of-week year`, in UTC; undefined for
 * what is invalid.
 */
export function parseCron(text: string): Schedule | undefined {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...more] = text
    .trim()
    .split(/\s+/);
  if (more.length > 0) return undefined;
  // EventBridge wants exactly one of the two day fields left open by `?`.
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const minutes = cronValues(minute, 'minute');
  const hours = cronValues(hour, 'hour');
  const months = cronValues(month, 'month');
  const years = cronValues(year, 'year');
  const rules = [dayOfMonthRule(dayOfMonth), dayOfWeekRule(dayOfWeek)];
  if (!minutes || !hours || !months || !years || !rules.every((rule) => rule !== undefined)) return undefined;

  const times = [...hours].flatMap((each) => [...minutes].map((at) => (each * 60 + at) * MINUTE_MS));
  times.sort((a, b) => a - b);
  const isDue: DayRule = (day) =>
    years.has(day.getUTCFullYear()) && months.has(day.getUTCMonth() + 1) && rules.every((rule) => rule(day));
  return {
    next: (after) => nextRun(times, isDue, after),
    longestPauseSeconds: longestPauseMs(times, isDue) / 1_000,
  };
}

/** Finds the next run. `times` are milliseconds after midnight, in order. */
function nextRun(times: readonly number[], isDue: DayRule, after: number): number | undefined {
  const today = Math.floor(after / DAY_MS) * DAY_MS;
  for (let day = today; day < today + HORIZON_DAYS * DAY_MS; day += DAY_MS) {
    const time = isDue(new Date(day)) ? times.find((at) => day + at > after) : undefined;
    if (time !== undefined) return day + time;
  }
  return undefined;
}

function longestPauseMs(times: readonly number[], isDue: DayRule): number {
  const days = Array.from({ length: HORIZON_DAYS }, (_, day) => SEARCHED_FROM + day * DAY_MS).filter((day) =>
    isDue(new Date(day)),
  );
  const overnight = longestGap(days) + (times[0] ?? 0) - (times.at(-1) ?? 0);
  return Math.max(longestGap(times), overnight);
}

/** The longest gap between two values; 0 for fewer than two. */
function longestGap(values: readonly number[]): number {
  return Math.max(0, ...values.slice(1).map((value, index) => value - (values[index] ?? 0)));
}
