import { expect, test } from 'vitest';
import { isSpent, rateLimitOf, resetAt } from '../../../../lambdas/poller/reading/rate-limit.ts';

const NOW = 1_790_000_000_000;
const headers = (values: Record<string, string>) => new Headers(values);

test('reads limit, remaining and reset', () => {
  const given = headers({
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': '3',
    'x-ratelimit-reset': '1790000007',
  });
  expect(rateLimitOf(given, NOW)).toEqual({ limit: 10, remaining: 3, resetAt: NOW + 7_000 });
});

test.each<Record<string, string>>([
  {},
  { 'x-ratelimit-limit': '10' },
  { 'x-ratelimit-limit': 'ten', 'x-ratelimit-remaining': '-1' },
])('headers %j tell of no limit', (given) => {
  expect(rateLimitOf(headers(given), NOW)).toBeUndefined();
});

test('the bucket is refilled at its reset, else after Retry-After, else in a second', () => {
  expect(resetAt(headers({ 'x-ratelimit-reset': '1790000002', 'retry-after': '9' }), NOW)).toBe(NOW + 2_000);
  expect(resetAt(headers({ 'retry-after': '9' }), NOW)).toBe(NOW + 9_000);
  expect(resetAt(headers({}), NOW)).toBe(NOW + 1_000);
});

test.each([
  [2, 2, false], // the free plan
  [2, 1, true],
  [10, 3, false], // self-service
  [10, 2, true],
  [50, 11, false], // Enterprise
  [50, 10, true],
  [50, 0, true],
])('of %i with %i remaining, the rest being for others is %s', (limit, remaining, spent) => {
  expect(isSpent({ limit, remaining, resetAt: NOW })).toBe(spent);
});
