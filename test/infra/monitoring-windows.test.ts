import { describe, expect, it } from 'vitest';
import { pollWindows } from '../../infra/monitoring/alarm-window.ts';
import { PAUSES } from './schedule/pauses.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

describe('pollWindows', () => {
  it('takes a quarter of an hour with a poll a minute', () => {
    const quarter = { seconds: 300, periods: 3 };

    expect(pollWindows('rate(1 minute)')).toEqual({ lasting: quarter, silence: quarter });
  });

  it.each(PAUSES)('has lengths for %s that CloudWatch allows', (schedule) => {
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

  it.each(PAUSES.filter(([, pause]) => pause <= 3 * DAY))(
    'takes no pause of %s for silence, and leaves a poll in each period that is shorter than a day',
    (schedule, pause) => {
      const { lasting, silence } = pollWindows(schedule);

      expect(silence.seconds * silence.periods).toBeGreaterThan(pause);
      expect(lasting.seconds).toBeGreaterThanOrEqual(Math.min(pause, DAY));
    },
  );
});
