import { carryOut } from './acts.ts';
import { comeToRest } from './aftermath.ts';
import { type Choices, type Deviation, scripted } from './choices.ts';
import { Fault } from './fault.ts';
import type { Process } from './process.ts';
import { Simulation } from './simulation.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

export interface RunResult {
  readonly violation?: Violation;
  readonly sizes: readonly number[];
  readonly deviations: readonly Deviation[];
  readonly steps: number;
  readonly crashes: number;
  /** Rare paths that the run took. */
  readonly met: ReadonlySet<string>;
  /** Acts of the run's script. */
  readonly acted: ReadonlySet<string>;
  readonly trace: readonly string[];
}

/**
 * Runs a world: its acts with the chosen faults, then a calm phase in which everything must come to
 * rest.
 */
export async function run(world: World, choices: Choices = scripted([]), traced = false): Promise<RunResult> {
  const sim = new Simulation(world, choices, traced);
  let violation: Violation | undefined;
  try {
    await play(sim);
    await comeToRest(sim);
  } catch (error) {
    violation = error instanceof Violation ? error : new Violation('error', String(error));
    sim.say(`!! ${violation.message}`);
  }
  const { sizes, deviations } = choices;
  const { step: steps, crashes, met, acted, trace = [] } = sim;
  return { sizes, deviations, steps, crashes, met, acted, trace, ...(violation ? { violation } : {}) };
}

/**
 * How long a process may live. Lambda ends a function after 15 minutes at the latest; this is far
 * more, but no days.
 */
const LONGEST_LIFE_MS = 12 * 3_600_000;

/**
 * Runs the acts. Processes run one after the other by default. Each may freeze before any call, and
 * go on at a later one.
 */
async function play(sim: Simulation): Promise<void> {
  const { script, pausesAt = [] } = sim.world;
  const isFondOfLate = sim.world.favourite?.endsWith(Fault.arrivesLate) === true;
  const frozen: Process[] = [];
  let next = 0;
  let current: Process | undefined;

  for (;;) {
    if (current?.isOver !== false) {
      const option = sim.choose(1 + frozen.length, frozen.length > 0 && pausesAt.length > 0 ? 1 : 0);
      current = option > 0 ? resume(option - 1) : await nextProcess();
      if (!current) return;
      continue;
    }
    const option = sim.choose(2 + frozen.length, pausesAt.includes(current.pending[0]?.kind ?? '') ? 1 : 0);
    if (option === 0) await sim.advance(current);
    else {
      const other = option > 1 ? resume(option - 2) : undefined;
      sim.say(`-- ${current.name} freezes before ${current.pending[0]?.kind}`);
      current.wasFrozen = true;
      frozen.push(current);
      current = other ?? (await nextProcess());
    }
  }

  function resume(index: number): Process | undefined {
    const [process] = frozen.splice(index, 1);
    if (process && sim.now - process.startedAt > LONGEST_LIFE_MS) {
      sim.kill(process, 'was frozen too long');
      return process;
    }
    sim.say(`-- ${process?.name} goes on`);
    return process;
  }

  /** Gives the process of the next act. After the last act it gives those that are still frozen. */
  async function nextProcess(): Promise<Process | undefined> {
    if (sim.hasLate && sim.choose(2, isFondOfLate ? 1 : 0) === 1) sim.landLate();
    for (let act = script[next]; act !== undefined; act = script[next]) {
      const process = await carryOut(sim, act, ++next);
      if (process && !process.isOver) return process;
    }
    return frozen.length > 0 ? resume(0) : undefined;
  }
}
