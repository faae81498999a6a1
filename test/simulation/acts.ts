import { appendToLog } from './append.ts';
import { startDelivery } from './deliveries.ts';
import { deploy } from './deploy.ts';
import { loseTable, purge } from './losses.ts';
import {
  startDismiss,
  startDismissUnreadable,
  startPause,
  startResume,
  startRewind,
  startUndoRewind,
} from './operators.ts';
import { startPoll } from './polls.ts';
import type { Process } from './process.ts';
import { startRebind } from './rebinds.ts';
import { startRedrive, startRedriveToCut } from './redrives.ts';
import { startResend, startResendRange, startTest } from './resends.ts';
import type { Simulation } from './simulation.ts';
import { ACT_MINUTES, type Act } from './world.ts';

/**
 * The name of an act. A rewind is one act, wherever it goes back to, and so is a resend of one
 * event.
 */
export function nameOf(act: Act): string {
  return act.replace(/-\d+$/, '');
}

/**
 * Carries out an act.
 * @returns the process that it starts, if it starts one
 */
export async function carryOut(sim: Simulation, act: Act, index: number): Promise<Process | undefined> {
  sim.say(`-- ${act}`);
  sim.acted.add(nameOf(act));
  const minutes = ACT_MINUTES[act];
  if (minutes !== undefined) sim.pass(minutes * 60_000);
  const [, numbered, number] = /^(rewind|resend)-(\d+)$/.exec(act) ?? [];
  if (numbered === 'rewind') return startRewind(sim, `W${index}`, Number(number));
  if (numbered === 'resend') return startResend(sim, `S${index}`, Number(number));
  if (deploy(sim, act) || appendToLog(sim, act)) return undefined;
  switch (act) {
    case 'poll':
      return startPoll(sim, `P${index}`);
    case 'deliver':
      return startDelivery(sim, `D${index}`);
    case 'redrive':
      return startRedrive(sim, `R${index}`);
    case 'redrive-cut':
      return startRedriveToCut(sim, `R${index}`);
    case 'resend-range':
      return startResendRange(sim, `S${index}`);
    case 'test-event':
      return startTest(sim, `T${index}`);
    case 'rebind-other':
    case 'force-other':
      return startRebind(sim, `B${index}`, 'other', act === 'force-other');
    case 'rebind-own':
    case 'force-own':
      return startRebind(sim, `B${index}`, 'own', act === 'force-own');
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
      loseTable(sim);
      return undefined;
    default:
      return undefined;
  }
}
