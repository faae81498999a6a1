import type { Tell } from '../../shared/logger.ts';
import { type EndpointItem, isPaused } from './item.ts';

/**
 * Writes a line when the endpoint is paused, when it goes on, when it asks for patience, and when
 * its pace slows down.
 */
export function tellChange(before: EndpointItem, after: EndpointItem, now: number, tell: Tell): void {
  if (isPaused(after) && !isPaused(before))
    tell('warn', 'endpoint.paused', {
      since: iso(after.since),
      reason: after.reason,
      failures: after.failures,
      resources: after.resources.length,
    });
  if (isPaused(before) && !isPaused(after))
    tell('info', 'endpoint.resumed', {
      since: iso(before.since),
      seconds: Math.round((now - before.since) / 1_000),
      reason: before.reason,
      probes: before.probes,
    });
  if (after.until > before.until && after.until > now)
    tell('info', 'endpoint.retry-after', {
      until: iso(after.until),
      seconds: Math.round((after.until - now) / 1_000),
    });
  if (after.pace.refusedAt > before.pace.refusedAt)
    tell('info', 'endpoint.slowed', { perSecond: Math.round(after.pace.perSecond * 100) / 100 });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
