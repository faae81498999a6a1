import { describe, expect, it } from 'vitest';
import { everySeconds, parseSchedule } from '../../../local/schedule/schedule-expression.ts';

/** A Monday. */
const NOW = Date.parse('2026-11-23T14:07:30Z');

function nextOf(expression: string): string | undefined {
  const next = parseSchedule(expression)(NOW);
  return next === undefined ? undefined : new Date(next).toISOString();
}

describe('parseSchedule', () => {
  it.each([
    ['rate(1 minute)', '2026-11-23T14:08:30.000Z'],
    ['rate(5 minutes)', '2026-11-23T14:12:30.000Z'],
    ['rate(2 hours)', '2026-11-23T16:07:30.000Z'],
    ['rate(1 day)', '2026-11-24T14:07:30.000Z'],
    ['cron(* * * * ? *)', '2026-11-23T14:08:00.000Z'],
    ['cron(0/15 6-22 ? * MON-FRI *)', '2026-11-23T14:15:00.000Z'],
    ['cron(5 6 ? * TUE,THU *)', '2026-11-24T06:05:00.000Z'],
    ['cron(0 12 1 * ? *)', '2026-12-01T12:00:00.000Z'],
    ['cron(0 0 29 FEB ? *)', '2028-02-29T00:00:00.000Z'],
    ['cron(0 0 1 1 ? 2029-2030)', '2029-01-01T00:00:00.000Z'],
  ])('runs %s next at %s', (expression, expected) => {
    expect(nextOf(expression)).toBe(expected);
  });

  it('runs no more when the year is over', () => {
    expect(nextOf('cron(0 0 1 1 ? 2020)')).toBeUndefined();
  });

  it.each([
    'rate(1 fortnight)',
    'cron(0 0 * * ?)',
    'cron(0 0 L * ? *)',
    'cron(0 0 ? * 2#1 *)',
    'every minute',
  ])('refuses %s at once', (expression) => {
    expect(() => parseSchedule(expression)).toThrow(/cron|schedule/);
  });
});

describe('everySeconds', () => {
  it('counts from the last run', () => {
    expect(everySeconds(2)(NOW)).toBe(NOW + 2_000);
  });
});
