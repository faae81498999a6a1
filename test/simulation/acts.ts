import { appendToLog } from './append.ts';
import { startDelivery } from './deliveries.ts';
import { deploy } from './deploy.ts';
import {
  startDismiss,
  startDismissUnreadable,
  startPause,
  startRedrive,
  startResume,
  startRewind,
  startUndoRewind,
} from './operators.ts';
import { startPoll } from './polls.ts';
import type { Process } from './process.ts';
import type { Simulation } from './simulation.ts';
import { ACT_MINUTES, type Act } from './world.ts';

/** The name of an act. A rewind is one act, wherever it goes back to. */
export function nameOf(act: Act): string {
  return act.startsWith('rewind-') ? 'rewind' : act;
}

/**
 * Carries out an act.
 * @returns the process that it starts, if it starts one
 */
export async function carryOut(sim: Simulation, act: Act, index: number): Promise<Process | undefined> {
  sim.say(`-- ${act}`);
  sim.acted.add(nameOf(act));
  if (act === 'purge' || act === 'lose-table') sim.meet(act);
  const minutes = ACT_MINUTES[act];
  if (minutes !== undefined) sim.pass(minutes * 60_000);
  else if (act.startsWith('rewind-')) return startRewind(sim, `W${index}`, Number(act.slice(7)));
  if (deploy(sim, act) || appendToLog(sim, act)) return undefined;
  switch (act) {
    case 'poll':
      return startPoll(sim, `P${index}`);
    case 'deliver':
      return startDelivery(sim, `D${index}`);
    case 'redrive':
      return startRedrive(sim, `R${index}`);
    case 'dismiss':
      return startDismiss(sim, `G${index}`);
    case 'dismiss-unreadable':
      return startDismissUnreadable(sim, `U${index}`);
    case 'pause-polls':
    case 'pause-deliveries':
      return startPause(sim, `Z${index}`, act.slice(6));
    case 'resume-polls':
    case 'resume-deliveries':
      return startResume(sim, `Y${index}`, act.slice(7));
    case 'undo-rewind':
      return startUndoRewind(sim, `N${index}`);
    case 'stale-counts':
      sim.queues.main.countsLag = true;
      return undefined;
    case 'narrow':
    case 'wide':
      sim.narrow = act === 'narrow';
      sim.promised.filters.add(act);
      return undefined;
    case 'up':
    case 'down':
    case 'hang':
      sim.webhook = act;
      return undefined;
    case 'purge':
      purge(sim);
      return undefined;
    case 'lose-table':
      sim.table.lose();
      sim.deployed.isOtherTenant = false;
      sim.promised.pausedAt = undefined;
      sim.windows.forget();
      // A poll of the wrong settings would make the new table its own tenant's, with numbers before
      // those of the lost table. Such a poll ends here, as no create is on its way through the
      // whole life of a table.
      for (const process of sim.processes)
        if (process.isOfAnother || process.pending.some(({ kind }) => kind === 'put state'))
          sim.kill(process, 'dies with its table');
      sim.promised.loseTable(sim.world.latestAfterLoss ? 'latest' : 'earliest');
      return undefined;
    default:
      return undefined;
  }
}

function purge({ queues, promised }: Simulation): void {
  for (const queue of [queues.main, queues.dead]) {
    for (const { attributes } of queue.messages) promised.purged.add(attributes.log_id ?? '');
    queue.messages = [];
  }
}
