import type { Ledger } from '../../lambdas/shared/ledger/ledger.ts';
import { parseBatch } from '../../lambdas/shared/ledger/parse-items.ts';
import { placeOf } from './receipt.ts';
import type { Simulation } from './simulation.ts';

/**
 * Checks what an operator dismisses: only what is dead, or can no longer be read and has no
 * message.
 */
export function watchedLedger(sim: Simulation, ledger: Ledger): Ledger {
  return {
    ...ledger,
    record(batch, outcomes) {
      const ids = sim.promised.idsOf(batch);
      for (const ordinal of outcomes.delivered) {
        const id = ids[ordinal];
        if (id === undefined) {
          sim.beside.onGone(batch, ordinal); // or of a lost table
          continue;
        }
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
