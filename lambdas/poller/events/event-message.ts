import { field, idOf, type LogEvent } from '../../shared/log-event.ts';
import type { WebhookMessage } from '../../shared/queue/webhook-message.ts';
import { CURRENT_RESOURCE_VERSION, type ResourceVersion } from '../../shared/resource-version.ts';
import type { BodySettings } from '../../shared/settings/body-settings.ts';
import { eventBody } from './event-body.ts';
import { resourceOf } from './resource.ts';

export type Place = Pick<WebhookMessage, 'ledger' | 'batch' | 'ordinal'>;

/** The message for an event at its place in a batch; `counts.shortened` counts those that were too large. */
export function toMessage(
  event: LogEvent,
  place: Place,
  settings: BodySettings,
  counts: { shortened: number },
  version: ResourceVersion = CURRENT_RESOURCE_VERSION,
): WebhookMessage {
  const { json, omitted } = eventBody(event, settings);
  if (omitted) counts.shortened++;
  const date = dateOf(event);
  return {
    ...place,
    body: json,
    logId: idOf(event),
    resource: resourceOf(event, version),
    ...(date === undefined ? {} : { date }),
  };
}

/** Only a real time: it travels as a message attribute, and SQS refuses a message for one odd character in those. */
function dateOf(event: LogEvent): string | undefined {
  const date = field(event, 'date');
  return typeof date === 'string' && /^[\dTZ:.+-]{10,40}$/.test(date) && !Number.isNaN(Date.parse(date))
    ? date
    : undefined;
}
