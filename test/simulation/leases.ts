import { createLease, type Lease } from '../../lambdas/deliverer/lease.ts';
import { DELIVERER_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import { isDelivery } from './overdue.ts';
import type { Process } from './process.ts';
import { tableOf } from './processes.ts';
import type { Simulation } from './simulation.ts';

/** Invocations that the event source mapping starts at least without reserved concurrency. */
const INVOCATIONS = 2;
/** How far a clock is off. Two of them then differ by almost as much as a lease allows for. */
const CLOCK_OFF_MS = 2_400;
const TIMEOUT_MS = DELIVERER_TIMEOUT_SECONDS * 1_000;
/** How long a lease may last beyond its invocation: its allowance, and both clocks. */
const ALLOWANCE_MS = 5_000 + 2 * CLOCK_OFF_MS;

/** Invocations of the delivery function at a time. */
export function mostInvocations({ lease, reserved }: Simulation['world']): number {
  return lease === true ? INVOCATIONS : reserved;
}

/** The lease of an invocation, whose clock is its own. */
export function leaseOf(sim: Simulation, process: Process): Lease | undefined {
  if (sim.world.lease !== true) return undefined;
  const isBehind = sim.processes.filter(isDelivery).length % 3 === 1;
  const off = isBehind ? -CLOCK_OFF_MS : CLOCK_OFF_MS;
  return createLease(tableOf(sim, process), () => sim.now + off, process.name);
}

/**
 * Checks that an invocation stands back only before another one's lease, and not beyond the end of
 * that.
 */
export function checkStoodBack(sim: Simulation, process: Process): void {
  const name = sim.table.items.get('delivering')?.holder?.S;
  const holder = sim.processes.find((other) => other.name === name);
  if (holder === undefined || process.wasFrozen) return;
  if (holder === process) sim.promised.fail('P6', `${name} stands back before its own lease`);
  if (sim.now > holder.startedAt + TIMEOUT_MS + ALLOWANCE_MS)
    sim.promised.fail('P6', `${process.name} stands back before ${name}, whose lease is over`);
}

/**
 * Checks that an invocation that ends well leaves the lease to others. Otherwise each invocation
 * would cost a minute and more.
 */
export function checkReleased(sim: Simulation, process: Process): void {
  const lease = sim.table.items.get('delivering');
  if (lease?.holder?.S !== process.name || lease.until?.N === '0') return;
  if (process.faults.some((fault) => fault.startsWith('update delivering '))) return;
  sim.promised.fail('P6', `${process.name} has ended and keeps its lease`);
}
