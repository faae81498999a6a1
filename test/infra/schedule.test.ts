import { describe, expect, it } from 'vitest';
import { isSchedule } from '../../infra/schedule.ts';

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
    'rate(1 minute) ',
    '* * * * *',
    'cron(* * * * *)',
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
    'cron(1-2-3 * * * ? *)',
    'cron(? * * * ? *)',
  ])('refuses "%s"', (text) => {
    expect(isSchedule(text)).toBe(false);
  });
});
