import { parseCron } from './cron.ts';
import { everySeconds, type Schedule } from './schedule.ts';

// The one reader of EventBridge's schedules: the stack's alarms reckon with it, local mode runs by
// it. It imports nothing of CDK, so that local mode starts quickly (a lint rule holds that).

const UNIT_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

/**
 * Reads `rate(5 minutes)` or `cron(0/15 6-22 ? * MON-FRI *)`; undefined for what EventBridge
 * refuses.
 */
export function parseSchedule(text: string): Schedule | undefined {
  const [, count, unit, plural] = /^rate\(([1-9]\d{0,5}) (minute|hour|day)(s?)\)$/.exec(text) ?? [];
  if (unit === 'minute' || unit === 'hour' || unit === 'day') {
    if ((count === '1') !== (plural === '')) return undefined; // EventBridge insists on the plural
    return everySeconds(Number(count) * UNIT_SECONDS[unit]);
  }
  const [, cron] = /^cron\(([^()]+)\)$/.exec(text) ?? [];
  return cron === undefined ? undefined : parseCron(cron);
}

export function isSchedule(text: string): boolean {
  return parseSchedule(text) !== undefined;
}
