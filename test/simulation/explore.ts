import { type Choices, type Deviation, drawn, scripted } from './choices.ts';
import { randomNumbers } from './random-numbers.ts';
import { randomWorld } from './random-world.ts';
import { type RunResult, run } from './run.ts';
import type { World } from './world.ts';

export interface Tally {
  runs: number;
  steps: number;
  crashes: number;
  /** Number of runs that took each rare path. */
  readonly met: Map<string, number>;
  /** Number of runs that had each act in their script. */
  readonly acted: Map<string, number>;
}

export interface Found {
  readonly world: World;
  readonly seed?: number;
  readonly line: string;
  readonly message: string;
  readonly deviations: readonly Deviation[];
}

export function newTally(): Tally {
  return { runs: 0, steps: 0, crashes: 0, met: new Map(), acted: new Map() };
}

/**
 * Runs a world with every set of at most so many deviations. With several parts, it runs those of
 * one part only. The runs are dealt out by their first deviation, so that each part has every kind
 * of it.
 * @returns the first violation, with the fewest deviations; undefined when there is none
 */
export async function exhaust(
  world: World,
  most: number,
  tally: Tally,
  part: { readonly index: number; readonly of: number } = { index: 0, of: 1 },
  mayGoOn: () => boolean = () => true,
): Promise<Found | undefined> {
  let level: (readonly Deviation[])[] = [[]];
  for (let depth = 0; depth <= most && level.length > 0; depth++) {
    const next: (readonly Deviation[])[] = [];
    for (const deviations of level) {
      if (!mayGoOn()) return undefined;
      const result = await run(world, scripted(deviations));
      count(tally, result);
      const found = foundIn(world, result);
      if (found) return found;
      if (depth < most) next.push(...furtherDeviations(result, depth === 0 ? part : undefined));
    }
    level = next;
  }
  return undefined;
}

/** Adds one more deviation after the last one. */
function* furtherDeviations(
  { sizes, deviations }: RunResult,
  part: { readonly index: number; readonly of: number } | undefined,
): Generator<readonly Deviation[]> {
  const first = (deviations.at(-1)?.[0] ?? -1) + 1;
  for (let decision = first; decision < sizes.length; decision++) {
    for (let option = 1; option < (sizes[decision] ?? 0); option++) {
      if (part === undefined || (decision + option) % part.of === part.index)
        yield [...deviations, [decision, option]];
    }
  }
}

/** The world of a seed, and the faults of that seed. */
export function seedChoices(seed: number): { readonly world: World; readonly choices: Choices } {
  const random = randomNumbers(seed);
  const world = randomWorld(random);
  const probability = 0.005 + 0.15 * random() * random();
  return { world, choices: drawn(random, probability) };
}

export async function runSeed(seed: number, tally: Tally): Promise<Found | undefined> {
  const { world, choices } = seedChoices(seed);
  const result = await run(world, choices);
  count(tally, result);
  const found = foundIn(world, result);
  return found && { ...found, seed };
}

/**
 * Finds fewer deviations that break the same line of the promise. It leaves out each one in turn.
 */
export async function shrink(found: Found): Promise<Found> {
  let least = found;
  for (let again = true; again; ) {
    again = false;
    for (const left of least.deviations) {
      const deviations = least.deviations.filter((deviation) => deviation !== left);
      const { violation } = await run(found.world, scripted(deviations));
      if (violation?.line !== found.line) continue;
      least = { ...least, deviations, message: violation.message };
      again = true;
      break;
    }
  }
  return least;
}

function count(tally: Tally, { steps, crashes, met, acted }: RunResult): void {
  for (const path of met) add(tally.met, path, 1);
  for (const act of acted) add(tally.acted, act, 1);
  tally.runs++;
  tally.steps += steps;
  tally.crashes += crashes;
}

export function add(to: Map<string, number>, name: string, times: number): void {
  to.set(name, (to.get(name) ?? 0) + times);
}

function foundIn(world: World, { violation, deviations }: RunResult): Found | undefined {
  return violation && { world, line: violation.line, message: violation.message, deviations };
}
