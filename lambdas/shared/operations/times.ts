import { OperationError } from './operation-error.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 24 * 3_600_000 };

/**
 * Parses a time that a person typed: an ISO time, or how long ago (`90s`, `15m`, `2h`, `3d`).
 * @param name name of the argument, for the message
 * @returns epoch milliseconds
 */
export function parseTime(name: string, text: string, now: number): number {
  const time = durationAgo(text, now) ?? isoTime(text);
  if (time === undefined) {
    throw new OperationError(
      'argument',
      `${name} is "${text}": give a time such as 2026-11-23T09:00:00Z, or how long ago it was, such as 90s, 15m, 2h or 3d`,
    );
  }
  if (time > now) throw new OperationError('argument', `${name} is "${text}", which lies in the future`);
  return time;
}

function durationAgo(text: string, now: number): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = UNITS[unit];
  return milliseconds === undefined ? undefined : now - Number(count) * milliseconds;
}

/**
 * Parses an ISO time. A time of day without a zone would mean another time on each machine, so it
 * is refused.
 */
function isoTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
