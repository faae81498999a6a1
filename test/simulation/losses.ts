import { isDelivery } from './overdue.ts';
import type { Process } from './process.ts';
import type { Simulation } from './simulation.ts';
import { noteLoss } from './watched-queues.ts';

/** Empties both queues. */
export function purge(sim: Simulation): void {
  sim.meet('purge');
  for (const queue of [sim.queues.main, sim.queues.dead]) {
    for (const { attributes } of queue.messages) noteLoss(attributes, sim.promised, sim.beside);
    queue.messages = [];
  }
}

/** Loses the table. The next poll finds no table in use, as on the first day. */
export function loseTable(sim: Simulation): void {
  sim.meet('lose-table');
  sim.table.lose();
  sim.deployed.isOtherTenant = false;
  sim.promised.pausedAt = undefined;
  sim.windows.forget();
  for (const process of sim.processes)
    if (!process.isOver && diesWithTable(sim, process)) sim.kill(process, 'dies with its table');
  sim.promised.loseTable();
}

/**
 * True for a process that must not outlive the table. A poll of the wrong settings would make the
 * new table its own tenant's. No create is on its way through the whole life of a table: its
 * numbers would begin before those of the lost table. And a holder of the lost table's lease would
 * call beside the holder of the new one's.
 */
function diesWithTable({ world }: Simulation, process: Process): boolean {
  if (process.isOfAnother || process.pending.some(({ kind }) => kind === 'put state')) return true;
  return world.lease === true && isDelivery(process);
}
