import { rebind } from '../../lambdas/shared/operations/rebind.ts';
import { OTHER_TENANT, OWN_TENANT } from './fixed-settings.ts';
import { operate } from './operate.ts';
import type { Process } from './process.ts';
import type { Simulation } from './simulation.ts';

/**
 * Binds the ledger to another tenant.
 * @param to whose log is read from then on
 */
export function startRebind(
  sim: Simulation,
  name: string,
  to: 'own' | 'other',
  force: boolean,
): Promise<Process> {
  happenUnread(sim, to);
  if (force) sim.promised.mayForget = true;
  const tenant = to === 'own' ? OWN_TENANT : OTHER_TENANT;
  return operate(
    sim,
    name,
    async (deps) => {
      const { from, forgotten } = await rebind(deps, { tenant, force });
      if (from === undefined || from === tenant) return undefined;
      return forgotten > 0 ? 'rebind that forgets' : 'rebind';
    },
    'rebind refused',
  );
}

/** Lets things happen in the tenant whose log nobody reads. */
function happenUnread({ logs, now }: Simulation, to: 'own' | 'other'): void {
  const at = Math.max(...logs[to].entries.map((entry) => entry.at + 1), now - 30_000);
  if (at <= now) logs[to].append('b', at);
}
