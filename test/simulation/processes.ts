import { createLedger, type Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import { createPauseSwitch, type PauseSwitch } from '../../lambdas/shared/ledger/pause.ts';
import { createTable, type Table } from '../../lambdas/shared/ledger/table.ts';
import type { Tell } from '../../lambdas/shared/logger.ts';
import { pathOfLine } from './paths.ts';
import { Process } from './process.ts';
import type { Simulation } from './simulation.ts';
import { tableClient } from './table-client.ts';
import { untilIdle } from './until-idle.ts';

/** Starts a process, which runs up to its first call. */
export async function start(
  sim: Simulation,
  name: string,
  body: (process: Process) => Promise<void>,
): Promise<Process> {
  const process = new Process(name, sim.now, sim.step);
  sim.processes.push(process);
  sim.say(`-- ${name} starts`);
  const end = (error?: unknown) => {
    process.status = 'ended';
    process.endedAt = sim.step;
    process.error = error;
    if (error) sim.say(() => `   ${name} throws ${error instanceof Error ? error.name : ''}`);
  };
  body(process).then(() => end(), end);
  await untilIdle();
  return process;
}

export function ledgerOf(sim: Simulation, process: Process): Ledger {
  return createLedger(tableOf(sim, process), sim.draw);
}

export function tableOf(sim: Simulation, process: Process): Table {
  return createTable(
    tableClient(sim.table, process, () => sim.step),
    'table',
  );
}

/**
 * For worlds in which nobody pauses anything. It saves a call of each process, and all that may
 * happen to that call.
 */
export const NEVER_PAUSED: Pick<PauseSwitch, 'read'> = { read: async () => ({}) };

export function pausesOf(sim: Simulation, process: Process): PauseSwitch {
  return createPauseSwitch(tableOf(sim, process));
}

const RECONCILED = ['batches.abandoned', 'events.unreadable'];

export function logOf(sim: Simulation, process: Process): Tell {
  return (level, event, fields) => {
    sim.told.push(event);
    const path = pathOfLine(event, fields?.outcome);
    if (path !== undefined) sim.meet(path);
    // Where nobody purged anything and nothing expired, our own code has lost the messages.
    if (RECONCILED.includes(event) && sim.promised.purged.size === 0 && !mayMiss(sim))
      sim.promised.fail('P1', 'messages were lost that nobody purged');
    sim.say(() => `   ${process.name} says ${level} ${event} ${JSON.stringify(fields ?? {}).slice(0, 150)}`);
  };
}

/** True when messages may be missing for another reason than a purge. */
function mayMiss({ promised }: Simulation): boolean {
  return promised.movedBySqs || promised.restored;
}

export function sleeper(sim: Simulation, process: Process) {
  return (ms: number) =>
    process.effect<void>({
      kind: 'sleep',
      detail: () => `${ms} ms`,
      faults: [],
      perform: () => sim.pass(ms),
    });
}
