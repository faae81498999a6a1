import { describe, expect, it } from 'vitest';
import { holdDelay, isTooLongInQueue } from '../../../lambdas/deliverer/retry-policy.ts';
import { MAX_RECEIVE_COUNT } from '../../../lambdas/shared/contract.ts';

const DAY_SECONDS = 24 * 3_600;

describe('a paused delivery', () => {
  it('comes back soon at first, so that a short pause ends soon', () => {
    expect(holdDelay(1, 0)).toBe(3);
    expect(holdDelay(10, 0)).toBe(30);
    expect(holdDelay(300, 0)).toBe(300);
  });

  it('is received less often in twelve days than SQS allows, whatever the random numbers', () => {
    let seconds = 0;
    let receives = 0;
    while (seconds < 12 * DAY_SECONDS) seconds += holdDelay(++receives, 0.999_999);

    expect(receives).toBeLessThan(MAX_RECEIVE_COUNT);
    expect(isTooLongInQueue(0, seconds * 1_000)).toBe(true);
  });
});
