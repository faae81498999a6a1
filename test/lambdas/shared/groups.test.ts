import { expect, it } from 'vitest';
import { eachGroup, groupedBy } from '../../../lambdas/shared/groups.ts';

it('groups keep the order of their items, and of the first of each', () => {
  expect(groupedBy(['b1', 'a1', 'b2', 'a2'], (item) => item.charAt(0))).toEqual([
    ['b1', 'b2'],
    ['a1', 'a2'],
  ]);
  expect(groupedBy([], () => '')).toEqual([]);
});

it.each([1, 2, 5])(
  'at most %i groups are worked on at the same time, and all in the end',
  async (sideBySide) => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await eachGroup([[1], [2], [3], [4], [5], [6], [7]], sideBySide, async (group) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      done.push(...group);
      running--;
    });

    expect(most).toBe(sideBySide);
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  },
);
