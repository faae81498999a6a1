import { describe, expect, it } from 'vitest';
import { exhaust, newTally } from './explore.ts';
import { SMALL_WORLDS } from './small-worlds.ts';

/**
 * One of the smallest; `npm run test:simulation` tries the pairs of seven worlds, and with `--pairs
 * all` of all.
 */
const SMALLEST = SMALL_WORLDS.filter(({ name }) => name === 'side-by-side');

describe('the promise holds after every pair of faults, freezes and crashes', () => {
  it.for(SMALLEST.map((world) => [world.name, world] as const))(
    'in the world %s',
    { timeout: 120_000 },
    async ([, world]) => {
      const tally = newTally();

      expect(await exhaust(world, 2, tally)).toBeUndefined();
      expect(tally.runs).toBeGreaterThan(2_000);
    },
  );
});
