import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LONGEST_SECONDS, retryDelay } from '../../../lambdas/deliverer/retry-policy.ts';

it.each([
  [1, 3, 5],
  [2, 5, 10],
  [3, 10, 20],
  [9, 640, 1_280],
  [10, 900, 1_800],
  [1_000_000, 900, 1_800],
])('after attempt %i the delay is from %i to %i seconds, half of it random', (attempt, least, most) => {
  expect(retryDelay(attempt, 0)).toBe(least);
  expect(retryDelay(attempt, 0.999_999)).toBe(most);
});

it('what the receiver asks for is a floor, up to six hours', () => {
  expect(retryDelay(1, 0, { retryAfterSeconds: 120 })).toBe(120);
  expect(retryDelay(10, 0.5, { retryAfterSeconds: 1 })).toBe(1_350);
  expect(retryDelay(1, 0, { retryAfterSeconds: 999_999 })).toBe(6 * 3_600);
});

it('410 waits as long as the longest delay, from the first attempt', () => {
  expect(retryDelay(1, 0, { gone: true })).toBe(LONGEST_SECONDS / 2);
  expect(retryDelay(1, 0.999_999, { gone: true })).toBe(LONGEST_SECONDS);
});

it('is a visibility time that SQS takes, for anything', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1 }),
      random,
      fc.option(fc.nat()),
      fc.boolean(),
      (attempt, at, after, gone) => {
        const seconds = retryDelay(attempt, at, { retryAfterSeconds: after ?? undefined, gone });
        expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 43_200).toBe(true);
      },
    ),
  );
});
