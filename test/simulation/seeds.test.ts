import { expect, it } from 'vitest';
import { newTally, runSeed, seedChoices } from './explore.ts';
import { run } from './run.ts';

const SEEDS = 1_500;
it('the promise holds in random worlds with random faults', { timeout: 120_000 }, async () => {
  const tally = newTally();
  for (let seed = 1; seed <= SEEDS; seed++) expect(await runSeed(seed, tally)).toBeUndefined();

  expect(tally.crashes).toBeGreaterThan(SEEDS / 2);
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
