import { describe, expect, it } from 'vitest';
import { exhaust, newTally } from './explore.ts';
import { SMALL_WORLDS } from './small-worlds.ts';

/**
 * A tenth of each world's single deviations, so that `npm test` stays below three minutes; CI tries
 * all of them (`.ci/steps/simulation.sh`).
 */
const TENTH = { index: 0, of: 10 };

describe('the promise holds after a single fault, freeze or crash', () => {
  it.for(SMALL_WORLDS.map((world) => [world.name, world] as const))('in the world %s', async ([, world]) => {
    const tally = newTally();

    expect(await exhaust(world, 1, tally, TENTH)).toBeUndefined();
    expect(tally.runs).toBeGreaterThan(10);
  });
});
