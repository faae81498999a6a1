import { cronValues } from './cron-fields.ts';

const DAY_MS = 86_400_000;
const SATURDAY = 7;

/** Tells whether a day field of a cron allows a day (midnight UTC). */
export type DayRule = (day: Date) => boolean;

/**
 * Parses the day-of-month field: `1,15`, `*`, `?`, `L` (the last), `LW` and `15W` (the weekday
 * nearest to it).
 */
export function dayOfMonthRule(text: string): DayRule | undefined {
  if (text === '?') return () => true;
  if (text === 'L') return (day) => day.getUTCDate() === lastDayOfMonth(day);
  if (text === 'LW') return (day) => day.getUTCDate() === nearestWeekday(day, lastDayOfMonth(day));
  const [, near] = /^([1-9]|[12]\d|3[01])W$/.exec(text) ?? [];
  if (near !== undefined) return (day) => day.getUTCDate() === nearestWeekday(day, Number(near));
  const values = cronValues(text, 'dayOfMonth');
  return values && ((day) => values.has(day.getUTCDate()));
}

/**
 * Parses the day-of-week field: `MON-FRI`, `*`, `?`, `L` (Saturday), `6L` (the last Friday), `2#1`
 * (the first Monday).
 */
export function dayOfWeekRule(text: string): DayRule | undefined {
  if (text === '?') return () => true;
  if (text === 'L') return (day) => weekday(day) === SATURDAY;
  const [, last] = /^([1-7])L$/.exec(text) ?? [];
  if (last !== undefined)
    return (day) => weekday(day) === Number(last) && day.getUTCDate() + 7 > lastDayOfMonth(day);
  const [, which, nth] = /^([1-7])#([1-5])$/.exec(text) ?? [];
  if (which !== undefined)
    return (day) => weekday(day) === Number(which) && Math.ceil(day.getUTCDate() / 7) === Number(nth);
  const values = cronValues(text, 'dayOfWeek');
  return values && ((day) => values.has(weekday(day)));
}

/** AWS counts from 1 for Sunday. */
function weekday(day: Date): number {
  return day.getUTCDay() + 1;
}

function lastDayOfMonth(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The Monday to Friday of the month of `day` that is nearest to its day `wanted`. */
function nearestWeekday(day: Date, wanted: number): number | undefined {
  const last = lastDayOfMonth(day);
  if (wanted > last) return undefined;
  const date = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), wanted));
  const isWeekday = (shift: number) => new Date(date.getTime() + shift * DAY_MS).getUTCDay() % 6 !== 0;
  const shift = [0, -1, 1, -2, 2].find(
    (days) => wanted + days >= 1 && wanted + days <= last && isWeekday(days),
  );
  return shift === undefined ? undefined : wanted + shift;
}
