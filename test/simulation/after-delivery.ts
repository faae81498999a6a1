import { DELIVERER_TIMEOUT_SECONDS, VISIBILITY_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import type { Message } from './fifo-queue.ts';
import type { Process } from './process.ts';
import type { Simulation } from './simulation.ts';

/** Deletes the messages that were not returned, as Lambda does. */
export function acknowledge(sim: Simulation, process: Process, receipts: readonly string[]): Promise<void> {
  const LOST = 'lost';
  const FIRST_LOST = 'first-lost';
  return process.effect({
    kind: 'acknowledge',
    detail: () => receipts.join(' '),
    faults: receipts.length > 1 ? [LOST, FIRST_LOST] : [LOST],
    perform: (fault) => {
      const deleted = fault === LOST ? [] : fault === FIRST_LOST ? receipts.slice(1) : receipts;
      for (const receipt of deleted) sim.queues.main.delete(receipt);
    },
  });
}

/**
 * Checks that every returned message got a new visibility time. One that keeps its old time is nine
 * minutes late, and with it its whole group.
 */
export function checkPostponed(
  sim: Simulation,
  process: Process,
  receivedAt: number,
  messages: readonly Message[],
  failed: ReadonlySet<string>,
): void {
  if (process.faults.some((fault) => /^(postpone|remove) /.test(fault)) || process.wasFrozen) return;
  const late = messages.filter(
    ({ id, visibleAt }) => failed.has(id) && visibleAt === receivedAt + VISIBILITY_TIMEOUT_SECONDS * 1_000,
  );
  if (late.length > 0)
    sim.promised.fail('P6', `${late.map(({ id }) => id).join(' ')} returned without a visibility time`);
  if (sim.now > process.startedAt + DELIVERER_TIMEOUT_SECONDS * 1_000)
    sim.promised.fail('P6', `${process.name} went on past its function's time-out`);
}
