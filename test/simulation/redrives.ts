import { redrive } from '../../lambdas/shared/operations/redrive.ts';
import { operate } from './operate.ts';
import type { Process } from './process.ts';
import type { Simulation } from './simulation.ts';

export function startRedrive(sim: Simulation, name: string): Promise<Process> {
  const before = hiddenLetters(sim);
  return operate(sim, name, async (deps, process) => {
    const { moved } = await redrive(deps);
    checkVisible(sim, process, before);
    return moved > 0 && 'redrive';
  });
}

/** Starts a redrive that may be interrupted at any of its calls. */
export function startRedriveToCut(sim: Simulation, name: string): Promise<Process> {
  const before = hiddenLetters(sim);
  return operate(sim, name, async (deps, process) => {
    const { signal } = process.mayBeCut();
    const { isInterrupted = false } = await redrive({ ...deps, signal });
    if (isInterrupted !== signal.aborted) sim.promised.fail('P6', `${name} does not say how it ended`);
    if (process.hasGoneOn) sim.promised.fail('P6', `${name} goes on, though it was interrupted`);
    checkVisible(sim, process, before);
    return isInterrupted && 'redrive interrupted';
  });
}

function hiddenLetters({ queues, now }: Simulation): ReadonlySet<string> {
  return new Set(queues.dead.messages.filter(({ visibleAt }) => visibleAt > now).map(({ id }) => id));
}

/** Checks that the dead letters that are left can be seen by whoever comes next. */
function checkVisible(sim: Simulation, process: Process, before: ReadonlySet<string>): void {
  if (process.wasFrozen || process.faults.some((fault) => !fault.endsWith(' cut'))) return;
  const hidden = [...hiddenLetters(sim)].filter((id) => !before.has(id));
  if (hidden.length > 0) sim.promised.fail('P6', `${process.name} leaves ${hidden.join(' ')} hidden`);
}
