import { endpointId } from '../../lambdas/deliverer/endpoint/id.ts';
import { believable, isPaused } from '../../lambdas/deliverer/endpoint/item.ts';
import { probeEveryMs } from '../../lambdas/deliverer/endpoint/probe.ts';
import { parseWebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import type { HeldEndpoint } from './pipeline-shapes.ts';

/**
 * The endpoint for the picture. Undefined while all is well, and while the settings name none.
 * @param settings the secret's text
 * @param stored the delivery function's item about the endpoint
 */
export function heldEndpoint(settings: string, stored: unknown, now: number): HeldEndpoint | undefined {
  const parsed = parseWebhookSettings(settings);
  if ('faults' in parsed) return undefined;
  const item = believable(stored, endpointId(parsed.settings.url), now);
  const until = item.until > now ? item.until : undefined;
  const paused = isPaused(item);
  if (!paused && until === undefined && item.pace.perSecond === 0) return undefined;
  const next = Math.max(Math.min(item.fresh, item.retry) + probeEveryMs(item, now), item.until);
  return {
    since: paused ? item.since : undefined,
    reason: item.reason,
    probes: item.probes,
    nextProbeAt: paused ? next : undefined,
    until,
    perSecond: item.pace.perSecond,
  };
}
