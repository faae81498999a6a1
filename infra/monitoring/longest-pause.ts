const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;
const DAY_MINUTES = 1_440;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** What `L`, `W` and `#` stand for comes once a month. */
const LONGEST_MONTH_DAYS = 31;
/** Two years hold every day of the year and every weekday in it; 2026 and 2027. */
const SEARCHED_DAYS = 730;

/** The longest time between two polls of a valid schedule, in seconds: what an alarm must not take for silence. */
export function longestPauseSeconds(schedule: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  if (unit === 'minute' || unit === 'hour' || unit === 'day') return Number(count) * SECONDS[unit];
  const [minute = '*', hour = '*', ...days] = schedule.slice('cron('.length, -1).trim().split(/\s+/);
  const hours = valuesOf(hour, 0, 23);
  const times = hours.flatMap((each) => valuesOf(minute, 0, 59).map((at) => each * 60 + at));
  const within = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const overnight = longestDaysApart(days) * DAY_MINUTES - (times.at(-1) ?? 0) + (times[0] ?? 0);
  return Math.max(overnight, ...within) * SECONDS.minute;
}

function longestDaysApart([dayOfMonth = '*', month = '*', dayOfWeek = '?']: readonly string[]): number {
  if (/[LW#]/.test(dayOfMonth) || /L|#/.test(dayOfWeek)) return LONGEST_MONTH_DAYS;
  const monthDays = valuesOf(dayOfMonth, 1, 31);
  const months = valuesOf(month, 1, 12, MONTHS);
  const weekdays = valuesOf(dayOfWeek, 1, 7, WEEKDAYS);
  const polled = Array.from({ length: SEARCHED_DAYS }, (_, day) => day).filter((day) => {
    const date = new Date(Date.UTC(2026, 0, 1 + day));
    return (
      monthDays.includes(date.getUTCDate()) &&
      months.includes(date.getUTCMonth() + 1) &&
      weekdays.includes(date.getUTCDay() + 1)
    );
  });
  return Math.max(1, ...polled.slice(1).map((day, index) => day - (polled[index] ?? 0)));
}

/** The values of a cron field, in order. */
function valuesOf(field: string, least: number, most: number, words: readonly string[] = []): number[] {
  const numberOf = (text: string) =>
    words.includes(text) ? words.indexOf(text) + least : Number.parseInt(text, 10);
  const values = field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [from, to] = /^[*?]$/.test(range) ? [least, most] : range.split('-').map(numberOf);
    const first = from ?? least;
    const last = to ?? (step === undefined ? first : most);
    const wraps = last < first; // FRI-MON
    return steps(first, wraps ? most : last, Number(step ?? 1)).concat(wraps ? steps(least, last, 1) : []);
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

function steps(first: number, last: number, step: number): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
