import { probeEveryMs } from '../../lambdas/deliverer/endpoint/probe.ts';
import { seenEndpoint } from '../../lambdas/deliverer/endpoint/seen.ts';
import type { HeldEndpoint } from './pipeline-shapes.ts';

/**
 * The endpoint for the picture. Undefined while all is well, and while the settings name none.
 * @param settings the secret's text
 * @param stored the delivery function's item about the endpoint
 */
export function heldEndpoint(settings: string, stored: unknown, now: number): HeldEndpoint | undefined {
  const seen = seenEndpoint(settings, stored, now);
  if (!seen) return undefined;
  const { item, since, until } = seen;
  const { reason, probes, fresh, retry, pace } = item;
  if (since === undefined && until === undefined && pace.perSecond === 0) return undefined;
  const next = Math.max(Math.min(fresh, retry) + probeEveryMs(item, now), item.until);
  const nextProbeAt = since === undefined ? undefined : next;
  return { since, reason, probes, nextProbeAt, until, perSecond: pace.perSecond };
}
