import { describe, expect, it } from 'vitest';
import { exhaust, newTally } from './explore.ts';
import { SMALL_WORLDS } from './small-worlds.ts';

describe('the promise holds after every single fault, freeze and crash', () => {
  it.for(SMALL_WORLDS.map((world) => [world.name, world] as const))('in the world %s', async ([, world]) => {
    const tally = newTally();

    expect(await exhaust(world, 1, tally)).toBeUndefined();
    expect(tally.runs).toBeGreaterThan(50);
  });
});
