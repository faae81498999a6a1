import { type EndpointItem, isPaused, type ProbeLane } from './item.ts';

/**
 * While the endpoint is paused, each lane has a probe every 1/30 of the outage so far, 1 to 60
 * seconds apart.
 */
const SHARE_OF_OUTAGE = 30;
const LEAST_MS = 1_000;
const MOST_MS = 60_000;

/**
 * The lane of an event. Events that were never attempted have a lane of their own. Otherwise a
 * poison event, which is always ready to fail again, would take all probes, and a healthy endpoint
 * would stay paused.
 */
export function laneOf(attempts: number): ProbeLane {
  return attempts === 0 ? 'fresh' : 'retry';
}

export function isProbeDue(item: EndpointItem, lane: ProbeLane, now: number): boolean {
  return isPaused(item) && now >= item.until && now - item[lane] >= probeEveryMs(item, now);
}

/** Milliseconds between two probes of a lane by now. */
export function probeEveryMs({ since }: Pick<EndpointItem, 'since'>, now: number): number {
  return Math.min(Math.max((now - since) / SHARE_OF_OUTAGE, LEAST_MS), MOST_MS);
}

/** Claims the lane's probe. Undefined when another invocation was first, or the pause is over. */
export function claimProbe(item: EndpointItem, lane: ProbeLane, now: number): EndpointItem | undefined {
  return isProbeDue(item, lane, now) ? { ...item, [lane]: now, probes: item.probes + 1 } : undefined;
}
