import { OperationError } from '../../lambdas/shared/operations/operation-error.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import type { Process } from './process.ts';
import { ledgerOf, pausesOf, sleeper, start } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import type { Simulation } from './simulation.ts';
import { watchedLedger } from './watched-ledger.ts';

/**
 * Runs what an operator types: the product's own functions. An operation that refuses has changed
 * nothing, and is no fault.
 * @param act gives the rare path that it was
 * @param refused the rare path that a refusal is
 */
export function operate(
  sim: Simulation,
  name: string,
  act: (deps: OperationsDeps, process: Process) => Promise<string | false | undefined>,
  refused?: string,
): Promise<Process> {
  return start(sim, name, async (process) => {
    try {
      const path = await act(operationsDeps(sim, process), process);
      if (path) sim.meet(path);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      if (refused !== undefined) sim.meet(refused);
      sim.say(() => `   ${name} is refused: ${error.message}`);
    }
  });
}

function operationsDeps(sim: Simulation, process: Process): OperationsDeps {
  const client = queueClient(sim.queues, process);
  return {
    ledger: watchedLedger(sim, ledgerOf(sim, process)),
    pauses: pausesOf(sim, process),
    queue: { client, url: QUEUE_URLS.main },
    deadLetterQueue: { client, url: QUEUE_URLS.dead },
    now: () => sim.now,
    sleep: sleeper(sim, process),
    randomId: sim.draw,
  };
}
