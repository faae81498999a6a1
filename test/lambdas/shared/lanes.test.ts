import { expect, it } from 'vitest';
import { inLanes, laneBy } from '../../../lambdas/shared/lanes.ts';

it('lanes keep the order of their items, and of the first of each', () => {
  expect(laneBy(['b1', 'a1', 'b2', 'a2'], (item) => item.charAt(0))).toEqual([
    ['b1', 'b2'],
    ['a1', 'a2'],
  ]);
  expect(laneBy([], () => '')).toEqual([]);
});

it.each([1, 2, 5])(
  'at most %i lanes are worked on at the same time, and all in the end',
  async (sideBySide) => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inLanes([[1], [2], [3], [4], [5], [6], [7]], sideBySide, async (lane) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      done.push(...lane);
      running--;
    });

    expect(most).toBe(sideBySide);
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  },
);
