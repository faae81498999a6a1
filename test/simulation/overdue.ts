import { DELIVERER_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import type { Process } from './process.ts';

interface Running {
  readonly world: { readonly lease?: boolean };
  readonly now: number;
  readonly processes: readonly Process[];
  kill(process: Process, why: string): void;
}

export function isDelivery({ name }: Pick<Process, 'name'>): boolean {
  return name.startsWith('D');
}

/** Ends processes at their time-out, as Lambda does. A lease counts on that. */
export function endOverdue(sim: Running): void {
  if (sim.world.lease !== true) return;
  for (const process of sim.processes) {
    const endsAt = process.startedAt + DELIVERER_TIMEOUT_SECONDS * 1_000;
    if (isDelivery(process) && !process.isOver && sim.now > endsAt)
      sim.kill(process, 'is ended at its time-out');
  }
}
