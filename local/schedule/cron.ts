const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTE_MS = 60_000;
/** A leap day is at most eight years away; a schedule that is not due by then is in the past. */
const HORIZON_MS = 9 * 366 * 24 * 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Field {
  readonly least: number;
  readonly most: number;
  /** Names of the values, the first that of `least`. */
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 1, most: 7, names: DAYS },
  { least: 1970, most: 2199 },
];

/**
 * When EventBridge's `cron(minutes hours day-of-month month day-of-week year)` (UTC) is due next after `after` (epoch
 * milliseconds); undefined when never. Throws for `L`, `W` and `#`, which local mode does not know.
 */
export function nextCron(expression: string, after: number): number | undefined {
  const [minutes, hours, days, months, weekdays, years] = expression.trim().split(/\s+/).map(valuesOf);
  if (!minutes || !hours || !days || !months || !weekdays || !years)
    throw new Error(`cron(${expression}) needs six fields.`);
  const isDay = (date: Date) =>
    years.has(date.getUTCFullYear()) &&
    months.has(date.getUTCMonth() + 1) &&
    days.has(date.getUTCDate()) &&
    weekdays.has(date.getUTCDay() + 1);

  let time = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  while (time < after + HORIZON_MS) {
    const date = new Date(time);
    if (!isDay(date)) time = (Math.floor(time / DAY_MS) + 1) * DAY_MS;
    else if (hours.has(date.getUTCHours()) && minutes.has(date.getUTCMinutes())) return time;
    else time += MINUTE_MS;
  }
  return undefined;
}

function valuesOf(text: string, place: number): ReadonlySet<number> {
  const field = FIELDS[place];
  if (!field) throw new Error('A cron expression has six fields.');
  return new Set(text.split(',').flatMap((part) => rangeOf(part, field)));
}

/** `*`, `?`, `5`, `5-9`, `MON-FRI`, each also with a step: `0/15` counts on to the end of the field. */
function rangeOf(part: string, field: Field): readonly number[] {
  const [range = '', step] = part.split('/');
  const [first = '', last] =
    range === '*' || range === '?' ? [String(field.least), String(field.most)] : range.split('-');
  const from = numberOf(first, field);
  const to = last !== undefined ? numberOf(last, field) : step !== undefined ? field.most : from;
  const values: number[] = [];
  for (let value = from; value <= to; value += Math.max(1, Number(step ?? 1))) values.push(value);
  return values;
}

function numberOf(text: string, { least, most, names }: Field): number {
  const index = names?.indexOf(text.toUpperCase()) ?? -1;
  const value = index >= 0 ? least + index : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`"${text}" in a cron expression is more than local mode knows: use --poll-seconds.`);
}
