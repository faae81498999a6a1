import { seenEndpoint } from '../../lambdas/deliverer/endpoint/seen.ts';
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
  const seen = seenEndpoint(await readSecret('webhook'), await storedEndpoint(), now);
  if (!seen || (seen.since === undefined && seen.until === undefined)) return undefined;
  const { item, since, until } = seen;
  return { since, reason: item.reason, probes: item.probes, until };
}
