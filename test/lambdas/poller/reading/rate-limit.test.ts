import { describe, expect, it } from 'vitest';
import { rateLimitOf, retryAfterMs } from '../../../../lambdas/poller/reading/rate-limit.ts';

const NOW = 1_790_000_000_000;
const headers = (values: Record<string, string>) => new Headers(values);

it('reads limit, remaining and the time until the bucket is full', () => {
  const given = headers({
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': '3',
    'x-ratelimit-reset': '1790000005',
  });

  expect(rateLimitOf(given, NOW)).toEqual({ limit: 10, remaining: 3, fullInMs: 5_000 });
});

it('does without a reset, and takes one in the past for now', () => {
  const given = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '12' };

  expect(rateLimitOf(headers(given), NOW)).toEqual({ limit: 10, remaining: 10 });
  expect(rateLimitOf(headers({ ...given, 'x-ratelimit-reset': '1' }), NOW)?.fullInMs).toBe(0);
});

it.each(['1790086400', '999999999999'])('a reset at %s is believed for an hour', (reset) => {
  const given = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };

  expect(rateLimitOf(headers(given), NOW)?.fullInMs).toBe(3_600_000);
});

it.each<Record<string, string>>([
  {},
  { 'x-ratelimit-limit': '10' },
  { 'x-ratelimit-limit': 'ten', 'x-ratelimit-remaining': '-1' },
  { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0' },
])('headers %j tell of no limit', (given) => {
  expect(rateLimitOf(headers(given), NOW)).toBeUndefined();
});

describe('Retry-After', () => {
  it.each([
    ['9', 9_000],
    [new Date(NOW + 4_000).toUTCString(), 4_000],
    [new Date(NOW - 4_000).toUTCString(), 0],
    ['soon', undefined],
    ['86400', 3_600_000],
    ['999999999999', 3_600_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 3_600_000],
  ])('%s', (value, expected) => {
    expect(retryAfterMs(headers({ 'retry-after': value }), NOW)).toBe(expected);
    expect(retryAfterMs(headers({}), NOW)).toBeUndefined();
  });
});
