import type { KeptTable } from './deployed.ts';
import type { Simulation } from './simulation.ts';
import type { Act } from './world.ts';

/**
 * Carries out an act of somebody who deploys, changes settings or restores. False when the act is
 * another one.
 */
export function deploy(sim: Simulation, act: Act): boolean {
  const { deployed, table } = sim;
  const isMade = table.items.has('state');
  switch (act) {
    case 'other-tenant':
      // A table without a state would rightly become the other tenant's.
      deployed.isOtherTenant = isMade;
      if (isMade) sim.meet(act);
      return true;
    case 'own-tenant':
      deployed.isOtherTenant = false;
      return true;
    case 'group-all':
    case 'group-each':
      deployed.order = act === 'group-all' ? 'total' : 'resource';
      sim.meet(act);
      return true;
    case 'keep-table':
      if (isMade) deployed.keptTable = { at: sim.now, items: table.copy() };
      return true;
    case 'restore-table':
      if (deployed.keptTable) restore(sim, deployed.keptTable);
      return true;
    default:
      return false;
  }
}

/**
 * How far back the newest possible restore goes. DynamoDB restores into a table of another name.
 */
const LATEST_RESTORABLE_MS = 5 * 60_000;

/**
 * Restores the table. What runs on the former table ends, as it never writes to the restored one.
 */
function restore(sim: Simulation, { at, items }: KeptTable): void {
  sim.meet('restore');
  for (const process of sim.processes) if (!process.isOver) sim.kill(process, 'ends before the restore');
  sim.now = Math.max(sim.now, at + LATEST_RESTORABLE_MS);
  sim.landLate();
  sim.table.restore(items);
  // The restored table does not know of an operator's later pause.
  sim.promised.pausedAt = undefined;
  sim.windows.forget();
  sim.promised.restoreTable();
}
