import { endpointId } from '../../lambdas/deliverer/endpoint/id.ts';
import { believable, isPaused } from '../../lambdas/deliverer/endpoint/item.ts';
import { parseWebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import type { Connection } from '../connect/connection.ts';

/** An endpoint that gets no events for now: everything fails, or it asked for patience. */
export interface HeldEndpoint {
  /** When the first failure was, epoch milliseconds; undefined when it only asked for patience. */
  readonly since: number | undefined;
  readonly reason: string;
  readonly probes: number;
  /** Until when it wants no request, epoch milliseconds; undefined when it did not say. */
  readonly until: number | undefined;
}

/**
 * Reads how the endpoint is. Undefined while all is well, and while the settings name no endpoint.
 */
export async function readEndpoint(
  { readSecret, storedEndpoint }: Pick<Connection, 'readSecret' | 'storedEndpoint'>,
  now: number,
): Promise<HeldEndpoint | undefined> {
  const parsed = parseWebhookSettings(await readSecret('webhook'));
  if ('faults' in parsed) return undefined;
  const item = believable(await storedEndpoint(), endpointId(parsed.settings.url), now);
  const until = item.until > now ? item.until : undefined;
  if (!isPaused(item) && until === undefined) return undefined;
  const { since, reason, probes } = item;
  return { since: isPaused(item) ? since : undefined, reason, probes, until };
}
