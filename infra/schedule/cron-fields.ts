const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Range {
  readonly least: number;
  readonly most: number;
  /** Words for the values; the first stands for `least`. */
  readonly words?: readonly string[];
}

/** The fields of EventBridge's cron that are plain lists of values. */
const RANGES = {
  minute: { least: 0, most: 59 },
  hour: { least: 0, most: 23 },
  dayOfMonth: { least: 1, most: 31 },
  month: { least: 1, most: 12, words: MONTHS },
  /** 1 is Sunday. */
  dayOfWeek: { least: 1, most: 7, words: WEEKDAYS },
  year: { least: 1970, most: 2199 },
} as const satisfies Record<string, Range>;

export type CronField = keyof typeof RANGES;

/**
 * Every value that `*`, `5`, `5-9`, `FRI-MON`, `0/15` or a list of these means; undefined for what
 * is invalid.
 */
export function cronValues(text: string, field: CronField): ReadonlySet<number> | undefined {
  const parts = text.split(',').map((part) => valuesOf(part, RANGES[field]));
  const values = parts.filter((part) => part !== undefined);
  return values.length === parts.length ? new Set(values.flat()) : undefined;
}

function valuesOf(part: string, range: Range): readonly number[] | undefined {
  const [, span = '', step = '1'] = /^([^/]+)(?:\/([1-9]\d{0,3}))?$/.exec(part) ?? [];
  const [first = '', last, ...more] = span.split('-');
  const from = span === '*' ? range.least : numberOf(first, range);
  const to = last === undefined ? endOf(part, range, from) : numberOf(last, range);
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  if (from <= to) return steps(from, to, Number(step));
  // FRI-MON goes on past the end of the week.
  const beyond = steps(from, to + range.most - range.least + 1, Number(step));
  return beyond.map((value) => (value > range.most ? value - range.most + range.least - 1 : value));
}

/**
 * Where a value's range ends. A single value ends where it begins; `*`, and a value with a step, go
 * on to the end of the field.
 */
function endOf(part: string, { most }: Range, from: number | undefined): number | undefined {
  return part.includes('/') || part === '*' ? most : from;
}

function numberOf(text: string, { least, most, words = [] }: Range): number | undefined {
  const word = words.indexOf(text);
  if (word >= 0) return least + word;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function steps(first: number, last: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
