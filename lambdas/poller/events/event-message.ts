import { field, idOf, type LogEvent } from '../../shared/log-event.ts';
import type { WebhookMessage } from '../../shared/queue/webhook-message.ts';
import { CURRENT_RESOURCE_VERSION, type ResourceVersion } from '../../shared/resource-version.ts';
import type { BodySettings } from '../../shared/settings/body-settings.ts';
import { eventBody } from './event-body.ts';
import { resourceOf } from './resource.ts';

/** An event and its ordinal in its batch. */
export type Numbered = readonly [ordinal: number, event: LogEvent];

/** What all messages of one batch have in common. */
export interface BatchOfMessages extends Pick<WebhookMessage, 'ledger' | 'batch'> {
  /** The rules that tell an event's resource. */
  readonly version?: ResourceVersion;
}

/**
 * Makes the messages of a batch's events, and counts those that were shortened because they were
 * too large.
 */
export function toMessages(
  events: readonly Numbered[],
  { ledger, batch, version = CURRENT_RESOURCE_VERSION }: BatchOfMessages,
  settings: BodySettings,
): { readonly messages: readonly WebhookMessage[]; readonly shortened: number } {
  let shortened = 0;
  const messages = events.map(([ordinal, event]): WebhookMessage => {
    const { json, omitted } = eventBody(event, settings);
    if (omitted) shortened++;
    const date = dateOf(event);
    return {
      ledger,
      batch,
      ordinal,
      body: json,
      logId: idOf(event),
      resource: resourceOf(event, version),
      ...(date === undefined ? {} : { date }),
    };
  });
  return { messages, shortened };
}

/**
 * The event's date, if it is a real time. It travels as a message attribute, and SQS refuses a
 * message for one odd character in those.
 */
function dateOf(event: LogEvent): string | undefined {
  const date = field(event, 'date');
  return typeof date === 'string' && /^[\dTZ:.+-]{10,40}$/.test(date) && !Number.isNaN(Date.parse(date))
    ? date
    : undefined;
}
