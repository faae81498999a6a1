import { describe, expect, it } from 'vitest';
import { pollWindows } from '../../infra/monitoring/alarm-window.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const SCHEDULES: readonly (readonly [string, number])[] = [
  ['rate(1 minute)', MINUTE],
  ['rate(5 minutes)', 5 * MINUTE],
  ['rate(2 hours)', 2 * HOUR],
  ['rate(3 days)', 3 * DAY],
  ['cron(* * * * ? *)', MINUTE],
  ['cron(0/15 * * * ? *)', 15 * MINUTE],
  ['cron(0,20 * * * ? *)', 40 * MINUTE],
  ['cron(30 6 * * ? *)', DAY],
  ['cron(0/30 6-22 * * ? *)', 7.5 * HOUR], // 22:30 to 6:00
  ['cron(0 12 ? * MON-FRI *)', 3 * DAY],
  ['cron(0 12 ? * FRI-MON *)', 4 * DAY], // Monday to Friday
  ['cron(0 0 ? * 2,4 *)', 5 * DAY],
  ['cron(0 0 1 * ? *)', 31 * DAY],
  ['cron(0 0 1 JAN,JUL ? *)', 184 * DAY],
  ['cron(0 0 L * ? *)', 31 * DAY],
  ['cron(0 0 ? * 6#1 *)', 35 * DAY],
];

describe('pollWindows', () => {
  it('takes a quarter of an hour with a poll a minute', () => {
    const quarter = { seconds: 300, periods: 3 };

    expect(pollWindows('rate(1 minute)')).toEqual({ lasting: quarter, silence: quarter });
  });

  it.each(SCHEDULES)('has lengths for %s that CloudWatch allows', (schedule) => {
    for (const { seconds, periods } of Object.values(pollWindows(schedule))) {
      expect(seconds % 60).toBe(0);
      expect(seconds * periods).toBeLessThanOrEqual(seconds >= HOUR ? 7 * DAY : DAY);
    }
  });

  it.each([
    ['rate(1 minute)', 15 * MINUTE],
    ['rate(15 minutes)', 20 * MINUTE],
    ['rate(1 hour)', 1.25 * HOUR],
    ['rate(6 hours)', 7 * HOUR],
    ['rate(12 hours)', 13 * HOUR],
  ])('finds the silence of %s after %i s, and within two periods more', (schedule, seconds) => {
    const { silence } = pollWindows(schedule);
    // CloudWatch may look for data some periods beyond the window; in the examples of its
    // documentation it is two.
    const latest = silence.seconds * (silence.periods + 2);

    expect(silence.seconds * silence.periods).toBe(seconds);
    expect(latest).toBeLessThan(0.75 * DAY); // of Auth0's shortest retention, so that it can be mended in time
  });

  it.each(SCHEDULES.filter(([, pause]) => pause <= 3 * DAY))(
    'takes no pause of %s for silence, and leaves a poll in each period that is shorter than a day',
    (schedule, pause) => {
      const { lasting, silence } = pollWindows(schedule);

      expect(silence.seconds * silence.periods).toBeGreaterThan(pause);
      expect(lasting.seconds).toBeGreaterThanOrEqual(Math.min(pause, DAY));
    },
  );
});
