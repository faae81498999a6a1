import { fromText, scripted, toText } from './choices.ts';
import { type Found, newTally, runSeed, seedChoices, shrink } from './explore.ts';
import { type RunResult, run } from './run.ts';
import { say } from './say.ts';
import { SMALL_WORLDS } from './small-worlds.ts';
import type { World } from './world.ts';

/** The command that shows a violation again. */
export function commandFor({ world, seed, deviations }: Found): string {
  const which = seed === undefined ? `--world ${world.name}` : `--seed ${seed}`;
  return `npm run test:simulation -- ${which} --deviations ${toText(deviations)} --trace`;
}

export async function replayWorld(name: string, deviations: string, traced: boolean): Promise<number> {
  const world = SMALL_WORLDS.find((one) => one.name === name);
  if (!world) {
    say(`there is no small world "${name}"; see --help`);
    return 2;
  }
  return tell(await run(world, scripted(fromText(deviations)), true), traced);
}

/** Runs the seed's world with the given deviations, or with the seed's own. */
export async function replaySeed(seed: number, deviations: string, traced: boolean): Promise<number> {
  const { world } = seedChoices(seed);
  if (deviations !== '') return tell(await replay(world, deviations), traced);
  const found = await runSeed(seed, newTally());
  if (!found) return tell(await run(world, seedChoices(seed).choices, true), traced);
  const least = await shrink(found);
  say(
    `shrunk from ${found.deviations.length} deviations to ${least.deviations.length}: ${commandFor(least)}`,
  );
  return tell(await replay(world, toText(least.deviations)), traced);
}

function replay(world: World, deviations: string): Promise<RunResult> {
  return run(world, scripted(fromText(deviations)), true);
}

function tell({ violation, trace, steps }: RunResult, traced: boolean): number {
  if (traced) say(trace.join('\n'));
  say(violation ? `violation: ${violation.message}` : `no violation in ${steps} calls`);
  return violation ? 1 : 0;
}
