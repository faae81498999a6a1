import { describe, expect, it } from 'vitest';
import { isSchedule, parseSchedule } from '../../../infra/schedule/parse-schedule.ts';
import { PAUSES } from './pauses.ts';

const DAY = 86_400;
const SELDOM: typeof PAUSES = [
  ['cron(0 0 ? * L *)', 7 * DAY],
  ['cron(0 0 29 FEB ? *)', 4 * 365 * DAY + DAY],
];
/** A Monday. */
const NOW = Date.parse('2026-11-23T14:07:30Z');

/** The next runs after NOW, as ISO times. */
function runsOf(text: string, count: number): readonly string[] {
  const runs: number[] = [];
  for (let run = 0; run < count; run++) {
    const next = parseSchedule(text)?.next(runs.at(-1) ?? NOW);
    if (next !== undefined) runs.push(next);
  }
  return runs.map((run) => new Date(run).toISOString().replace(':00.000Z', ''));
}

describe('isSchedule', () => {
  it.each([
    'rate(1 minute)',
    'rate(5 minutes)',
    'rate(1 hour)',
    'rate(2 days)',
    'cron(* * * * ? *)',
    'cron(0/15 6-22 ? * MON-FRI *)',
    'cron(0 8 1,15 JAN-MAR ? 2027)',
    'cron(0 8 L * ? *)',
    'cron(0 8 15W * ? *)',
    'cron(0 8 ? * 6L *)',
    'cron(0 8 ? * 2#1 *)',
  ])('accepts %s', (text) => {
    expect(isSchedule(text)).toBe(true);
  });

  it.each([
    '',
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(30 seconds)',
    'rate(1 fortnight)',
    'rate(1 minute) ',
    'every minute',
    '* * * * *',
    'cron(* * * * *)',
    'cron(* * * * ? * *)',
    'cron(* * * * * *)',
    'cron(* * ? * ? *)',
    'cron(60 * * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 * 13 ? *)',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * MONDAY *)',
    'cron(0 0 * * ? 1969)',
    'cron(0/0 * * * ? *)',
    'cron(0/5/5 * * * ? *)',
    'cron(1-2-3 * * * ? *)',
    'cron(1, * * * ? *)',
    'cron(? * * * ? *)',
    'cron(0 0 0W * ? *)',
    'cron(0 0 ? * 2#6 *)',
  ])('refuses "%s"', (text) => {
    expect(isSchedule(text)).toBe(false);
  });
});

describe('next', () => {
  it.each([
    ['rate(1 minute)', '2026-11-23T14:08:30.000Z'],
    ['rate(5 minutes)', '2026-11-23T14:12:30.000Z'],
    ['rate(2 hours)', '2026-11-23T16:07:30.000Z'],
    ['rate(1 day)', '2026-11-24T14:07:30.000Z'],
  ])('of %s counts from the run before', (text, expected) => {
    expect(runsOf(text, 1)).toEqual([expected]);
  });

  it.each([
    ['cron(* * * * ? *)', '2026-11-23T14:08', '2026-11-23T14:09'],
    ['cron(0/15 6-22 ? * MON-FRI *)', '2026-11-23T14:15', '2026-11-23T14:30'],
    ['cron(50,10 14 * * ? *)', '2026-11-23T14:10', '2026-11-23T14:50'],
    ['cron(5 6 ? * TUE,THU *)', '2026-11-24T06:05', '2026-11-26T06:05'],
    ['cron(0 12 ? * FRI-MON *)', '2026-11-27T12:00', '2026-11-28T12:00'],
    ['cron(0 12 1 * ? *)', '2026-12-01T12:00', '2027-01-01T12:00'],
    ['cron(0 0 1 NOV-JAN ? *)', '2026-12-01T00:00', '2027-01-01T00:00'],
    ['cron(0 0 29 FEB ? *)', '2028-02-29T00:00', '2032-02-29T00:00'],
    ['cron(0 0 1 1 ? 2029-2030)', '2029-01-01T00:00', '2030-01-01T00:00'],
    ['cron(0 0 1 1 ? 2029)', '2029-01-01T00:00', undefined],
    ['cron(0 0 1 1 ? 2020)', undefined, undefined],
    ['cron(0 0 L * ? *)', '2026-11-30T00:00', '2026-12-31T00:00'],
    ['cron(0 0 LW * ? *)', '2026-11-30T00:00', '2026-12-31T00:00'],
    ['cron(0 0 LW JAN,FEB ? *)', '2027-01-29T00:00', '2027-02-26T00:00'],
    ['cron(0 0 15W * ? *)', '2026-12-15T00:00', '2027-01-15T00:00'],
    // Saturday 1 May, Sunday 1 August.
    ['cron(0 0 1W MAY,AUG ? *)', '2027-05-03T00:00', '2027-08-02T00:00'],
    ['cron(0 0 31W FEB,MAY ? *)', '2027-05-31T00:00', '2028-05-31T00:00'],
    ['cron(0 0 ? * L *)', '2026-11-28T00:00', '2026-12-05T00:00'], // Saturdays
    ['cron(0 0 ? * 6L *)', '2026-11-27T00:00', '2026-12-25T00:00'],
    ['cron(0 0 ? * 2#1 *)', '2026-12-07T00:00', '2027-01-04T00:00'],
    ['cron(0 0 ? * 2#5 *)', '2026-11-30T00:00', '2027-03-29T00:00'],
  ])('of %s is %s, then %s', (text, first, second) => {
    const expected = [first, second].filter((run) => run !== undefined);

    expect(runsOf(text, 2)).toEqual(expected);
  });
});

describe('longestPauseSeconds', () => {
  it.each([...PAUSES, ...SELDOM])('of %s is %i s', (text, seconds) => {
    expect(parseSchedule(text)?.longestPauseSeconds).toBe(seconds);
  });

  it.each(['cron(0/45 * * * ? *)', 'cron(7 3,22 ? * SUN,WED *)', 'cron(0 0 15W * ? *)'])(
    'of %s is the longest time between two of its runs',
    (text) => {
      const schedule = parseSchedule(text);
      const pauses: number[] = [];
      let run = schedule?.next(Date.parse('2024-01-01T00:00:00Z')) ?? 0;
      while (run < Date.parse('2030-01-01T00:00:00Z')) {
        const next = schedule?.next(run) ?? Number.POSITIVE_INFINITY;
        pauses.push((next - run) / 1_000);
        run = next;
      }

      expect(schedule?.longestPauseSeconds).toBe(pauses.reduce((most, pause) => Math.max(most, pause), 0));
    },
  );
});
