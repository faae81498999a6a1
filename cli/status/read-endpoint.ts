import { endpointId } from '../../lambdas/deliverer/endpoint/id.ts';
import { believable, isPaused } from '../../lambdas/deliverer/endpoint/item.ts';
import { parseWebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import type { Connection } from '../connect/connection.ts';

/** The endpoint, where everything fails or where it asked for patience. */
export interface HeldEndpoint {
  /**
   * When the first of the failures was, epoch milliseconds; undefined when it only asked for
   * patience.
   */
  readonly since: number | undefined;
  readonly reason: string;
  readonly probes: number;
  /** It wants no request before, epoch milliseconds; undefined when it asked for none. */
  readonly until: number | undefined;
}

/** Undefined while all is well, and while the settings are too wrong to name an endpoint. */
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
