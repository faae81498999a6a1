import { describe, expect, it } from 'vitest';
import { shareConcurrency } from '../../infra/concurrency.ts';

const EVERY = Array.from({ length: 100 }, (_, index) => index + 1);

describe('shareConcurrency', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [5, 5, 1],
    [7, 7, 1],
    [9, 3, 3],
    [10, 2, 5],
    [12, 2, 6],
    [50, 5, 10],
    [97, 97, 1],
    [100, 10, 10],
  ])('splits %i calls into %i invocations of %i attempts', (concurrentCalls, reserved, sideBySide) => {
    expect(shareConcurrency(concurrentCalls)).toMatchObject({ reserved, sideBySide });
  });

  it('never allows more or less than the calls asked for', () => {
    for (const concurrentCalls of EVERY) {
      const { reserved, sideBySide } = shareConcurrency(concurrentCalls);

      expect(reserved * sideBySide).toBe(concurrentCalls);
      expect([reserved, sideBySide].every(Number.isInteger)).toBe(true);
    }
  });

  it('attempts as many side by side as the largest divisor up to 10 and half of the calls', () => {
    for (const concurrentCalls of EVERY) {
      const divisors = EVERY.filter(
        (n) => concurrentCalls % n === 0 && n <= Math.min(10, concurrentCalls / 2),
      );

      expect(shareConcurrency(concurrentCalls).sideBySide, `${concurrentCalls}`).toBe(
        Math.max(1, ...divisors),
      );
    }
  });

  it('lets the mapping receive for as many invocations as there are, but for 2 at least', () => {
    for (const concurrentCalls of EVERY) {
      const { reserved, mappingMaximum } = shareConcurrency(concurrentCalls);

      expect(mappingMaximum).toBe(concurrentCalls === 1 ? 2 : reserved);
    }
  });

  it('orders everything when there is one call at a time, else per resource', () => {
    const total = EVERY.filter((calls) => shareConcurrency(calls).order === 'total');

    expect(total).toEqual([1]);
  });
});
