import { parseWebhookSettings } from '../../shared/settings/webhook-settings.ts';
import { endpointId } from './id.ts';
import { believable, type EndpointItem, isPaused } from './item.ts';

/** The endpoint as people are shown it. */
export interface SeenEndpoint {
  readonly item: EndpointItem;
  /** When the first failure was, epoch milliseconds; undefined unless everything fails. */
  readonly since: number | undefined;
  /** Until when it wants no request, epoch milliseconds; undefined when it did not say. */
  readonly until: number | undefined;
}

/**
 * Reads the endpoint that the settings name; undefined while they are too wrong to name one.
 * @param settings the secret's text
 * @param stored the delivery function's item about the endpoint
 */
export function seenEndpoint(settings: string, stored: unknown, now: number): SeenEndpoint | undefined {
  const parsed = parseWebhookSettings(settings);
  if ('faults' in parsed) return undefined;
  const item = believable(stored, endpointId(parsed.settings.url), now);
  return {
    item,
    since: isPaused(item) ? item.since : undefined,
    until: item.until > now ? item.until : undefined,
  };
}
