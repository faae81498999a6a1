import type { Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import { parseBatch } from '../../lambdas/shared/ledger/parse-items.ts';
import { dismiss } from '../../lambdas/shared/operations/dismiss.ts';
import { dismissUnreadable } from '../../lambdas/shared/operations/dismiss-unreadable.ts';
import { OperationError } from '../../lambdas/shared/operations/operation-error.ts';
import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import { pause, resume } from '../../lambdas/shared/operations/pause.ts';
import { redrive } from '../../lambdas/shared/operations/redrive.ts';
import { rewind, undoRewind } from '../../lambdas/shared/operations/rewind.ts';
import type { Process } from './process.ts';
import { ledgerOf, pausesOf, sleeper, start } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import { placeOf } from './receipt.ts';
import type { Simulation } from './simulation.ts';

/**
 * Runs what an operator types: the product's own functions. An operation that refuses has changed
 * nothing, and is no fault.
 */
function operate(
  sim: Simulation,
  name: string,
  act: (deps: OperationsDeps) => Promise<string | false | undefined>,
): Promise<Process> {
  return start(sim, name, async (process) => {
    try {
      const path = await act(operationsDeps(sim, process));
      if (path) sim.meet(path);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      sim.say(() => `   ${name} is refused: ${error.message}`);
    }
  });
}

export function startRedrive(sim: Simulation, name: string): Promise<Process> {
  return operate(sim, name, async (deps) => (await redrive(deps)).moved > 0 && 'redrive');
}

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
    return to !== undefined && (await rewind(deps, { to })).done && 'rewind';
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

function operationsDeps(sim: Simulation, process: Process): OperationsDeps {
  const client = queueClient(sim.queues, process);
  return {
    ledger: watched(sim, ledgerOf(sim, process)),
    pauses: pausesOf(sim, process),
    queue: { client, url: QUEUE_URLS.main },
    deadLetterQueue: { client, url: QUEUE_URLS.dead },
    now: () => sim.now,
    sleep: sleeper(sim, process),
    randomId: sim.draw,
  };
}

/**
 * Checks what an operator dismisses: only what is dead, or can no longer be read and has no
 * message.
 */
function watched(sim: Simulation, ledger: Ledger): Ledger {
  return {
    ...ledger,
    record(batch, outcomes) {
      const ids = sim.promised.idsOf(batch);
      for (const ordinal of outcomes.delivered) {
        const id = ids[ordinal];
        if (id === undefined) continue; // of a lost table
        if (!mayDismiss(sim, batch, ordinal, id))
          sim.promised.fail('P1', `an operator gives ${id.slice(-4)} up, which is on its way`);
        sim.promised.dismissed.add(id);
      }
      return ledger.record(batch, outcomes);
    },
  };
}

function mayDismiss(sim: Simulation, batch: string, ordinal: number, id: string): boolean {
  const isOf = (messages: typeof sim.queues.main.messages) =>
    messages.some(({ attributes: a }) => placeOf(a.batch ?? '', a.ordinal ?? '') === placeOf(batch, ordinal));
  if (isOf(sim.queues.dead.messages)) return true;
  // The letter was in the operator's hand when both queues were purged.
  const { purged, deadLettered } = sim.promised;
  if (purged.has(id) && deadLettered.has(id) && !isOf(sim.queues.main.messages)) return true;
  const item = sim.table.items.get(batch);
  if (item === undefined) return true;
  const { pending, unreadable } = parseBatch(item);
  return !pending.has(ordinal) || (unreadable.has(ordinal) && !isOf(sim.queues.main.messages));
}
