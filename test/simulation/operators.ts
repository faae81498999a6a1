import { parseBatch } from '../../lambdas/shared/ledger/parse-items.ts';
import { dismiss } from '../../lambdas/shared/operations/dismiss.ts';
import { dismissUnreadable } from '../../lambdas/shared/operations/dismiss-unreadable.ts';
import { pause, resume } from '../../lambdas/shared/operations/pause.ts';
import { rewind, undoRewind } from '../../lambdas/shared/operations/rewind.ts';
import { operate } from './operate.ts';
import type { Process } from './process.ts';
import { tenantOf } from './settings-in-force.ts';
import type { Simulation } from './simulation.ts';

export function startDismiss(sim: Simulation, name: string): Promise<Process> {
  return operate(sim, name, async (deps) => (await dismiss(deps)).dismissed > 0 && 'dismiss');
}

/** Gives up the events that could neither be sent nor read again. */
export function startDismissUnreadable(sim: Simulation, name: string): Promise<Process> {
  return operate(
    sim,
    name,
    async (deps) => (await dismissUnreadable(deps)).dismissed > 0 && 'dismiss unreadable',
  );
}

/** Moves the cursor back to before the event of that number. */
export function startRewind(sim: Simulation, name: string, number: number): Promise<Process> {
  return operate(sim, name, async (deps) => {
    const to = sim.log.entries[number - 1]?.id;
    const tenant = tenantOf(sim);
    return to !== undefined && (await rewind(deps, { to, tenant })).done && 'rewind';
  });
}

export function startUndoRewind(sim: Simulation, name: string): Promise<Process> {
  return operate(sim, name, async (deps) => (await undoRewind(deps)).done && 'rewind undone');
}

export function startPause(sim: Simulation, name: string, what: string): Promise<Process> {
  return operate(sim, name, async (deps) => {
    await pause(deps, { what, reason: 'simulated' });
    return `${what} paused`;
  });
}

export function startResume(sim: Simulation, name: string, what: string): Promise<Process> {
  return operate(sim, name, async (deps) => {
    await resume(deps, { what });
    return undefined;
  });
}

export function hasUnreadable(sim: Simulation): boolean {
  return sim.table.startingWith('batch#').some((item) => {
    const { pending, unreadable } = parseBatch(item);
    return [...unreadable].some((ordinal) => pending.has(ordinal));
  });
}
