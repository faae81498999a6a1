import { beforeAll, describe, expect, it } from 'vitest';
import { nameOf } from './acts.ts';
import { type Found, newTally, runSeed, seedChoices } from './explore.ts';
import { ACTS } from './random-world.ts';
import { RARE_PATHS } from './rare-paths.ts';
import { run } from './run.ts';

const SEEDS = 2_000;
/** Least share of the seeds. A run of 100,000 then meets each path some two thousand times. */
const LEAST_SHARE = 0.02;

describe(`${SEEDS} random worlds with random faults`, () => {
  const tally = newTally();
  const found: Found[] = [];

  beforeAll(async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const one = await runSeed(seed, tally);
      if (one) found.push(one);
    }
  }, 120_000);

  it('keep the promise', () => {
    expect(found).toEqual([]);
    expect(tally.crashes).toBeGreaterThan(SEEDS / 2);
  });

  it.each(RARE_PATHS)('meet often enough: %s', (path) => {
    expect(tally.met.get(path) ?? 0).toBeGreaterThanOrEqual(LEAST_SHARE * SEEDS);
  });

  it('meet no rare path of which this test does not know', () => {
    expect([...tally.met.keys()].filter((path) => !RARE_PATHS.includes(path))).toEqual([]);
  });

  it.each([...new Set([...ACTS].map(nameOf))])('have the act often enough: %s', (act) => {
    expect(tally.acted.get(act) ?? 0).toBeGreaterThanOrEqual(LEAST_SHARE * SEEDS);
  });
});

it('a seed gives the same run each time', async () => {
  const traceOf = async () => {
    const { world, choices } = seedChoices(42);
    return (await run(world, choices, true)).trace;
  };

  const trace = await traceOf();

  expect(trace.length).toBeGreaterThan(30);
  expect(await traceOf()).toEqual(trace);
});
