import { DELIVERER_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
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

/** Nobody but its holder releases a lease: it stays while that one calls. */
export function wrongRelease(
  { processes }: Pick<Running, 'processes'>,
  before: Item | undefined,
  after: Item | undefined,
): string | undefined {
  if (after?.until?.N !== '0') return undefined;
  const holder = processes.find(({ name }) => name === before?.holder?.S);
  const calls = holder?.isOver === false && holder.pending.some(({ kind }) => kind === 'post');
  return calls ? `the lease of ${holder.name} is released while it calls` : undefined;
}
