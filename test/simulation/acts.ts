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

/** Carries out an act; gives the process that it starts, if any. */
export async function carryOut(sim: Simulation, act: Act, index: number): Promise<Process | undefined> {
  sim.say(`-- ${act}`);
  if (act === 'purge' || act === 'lose-table') sim.meet(act);
  const minutes = ACT_MINUTES[act];
  if (minutes !== undefined) sim.pass(minutes * 60_000);
  else if (act.startsWith('rewind-')) return startRewind(sim, `W${index}`, Number(act.slice(7)));
  if (deploy(sim, act)) return undefined;
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
    case 'append':
    case 'append-late':
      append(sim, act === 'append-late');
      return undefined;
    case 'append-future':
      appendFuture(sim);
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
      // Its count would begin before that of the table that is lost; no create waits through the
      // whole life of a table.
      for (const process of sim.processes)
        if (process.pending.some(({ kind }) => kind === 'put state'))
          sim.kill(process, 'dies with its table');
      sim.promised.loseTable(sim.world.latestAfterLoss ? 'latest' : 'earliest');
      return undefined;
    default:
      return undefined;
  }
}

/** Nobody but the log's own odd entries is ever ahead of Auth0's clock. */
function appendFuture(sim: Simulation): void {
  const { log, world } = sim;
  const letter = world.log[log.entries.length];
  if (letter === undefined) return;
  sim.meet('future id');
  log.append(letter, sim.now + 3_600_000);
}

function append(sim: Simulation, late: boolean): void {
  const { log, world } = sim;
  // What comes after an id from the future comes after its time.
  const ahead = Math.max(...log.entries.map(({ at }) => at));
  if (ahead > sim.now - 30_000 && ahead < sim.now + 6 * 60_000) sim.pass(ahead - sim.now + 31_000);
  for (const letter of world.log.slice(log.entries.length)) {
    // Ids are in the order in which Auth0 took the entries in, a while before now unless they are
    // late.
    const at = Math.max((log.last?.at ?? 0) + 1, sim.now - (late ? 500 : 30_000));
    log.append(letter, at, late && log.entries.length === world.initial ? 3_000 : 0);
  }
  if (late) sim.pass(1_000);
}

function purge({ queues, promised }: Simulation): void {
  for (const queue of [queues.main, queues.dead]) {
    for (const { attributes } of queue.messages) promised.purged.add(attributes.log_id ?? '');
    queue.messages = [];
  }
}
