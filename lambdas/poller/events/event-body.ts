import { field, idOf, type LogEvent } from '../../shared/log-event.ts';
import { type BodySettings, IDENTIFYING_KEYS } from '../../shared/settings/body-settings.ts';
import { isObject } from '../../shared/text/json.ts';
import { callOf } from './api-call.ts';
import { fitted } from './event-size.ts';
import { redacted } from './redact.ts';

/**
 * The JSON that the webhook gets for an event, and whether parts were left out of it for its size.
 */
export interface EventBody {
  readonly json: string;
  readonly omitted: boolean;
}

/**
 * Makes the body of an event. `compact` has the webtask's three fields, `log_id`, `type` and
 * `description`, and, for an event without a Management API call, the fields that identify it.
 * `full` is the log event as it came. `log_id` is in both, as it is the webhook id: a receiver can
 * ignore duplicates without reading headers.
 */
export function eventBody(event: LogEvent, settings: BodySettings): EventBody {
  return fitted(redacted(settings.payload === 'full' ? full(event) : compact(event), settings.redact));
}

function compact(event: LogEvent): Record<string, unknown> {
  const body = {
    date: field(event, 'date'),
    request: field(event, 'details', 'request'),
    response: field(event, 'details', 'response'),
    log_id: idOf(event),
    type: field(event, 'type'),
    description: field(event, 'description'),
  };
  // The body of a Management API event stays as it is, byte for byte, as receivers may hash it or
  // compare it.
  return callOf(event)?.api === 'management' ? body : { ...body, ...identifying(event) };
}

/**
 * Takes the identifying fields that the entry has. Request and response are left out here, as the
 * compact body has them already.
 */
function identifying(event: LogEvent): Record<string, unknown> {
  const known = IDENTIFYING_KEYS.map((key): [string, unknown] => [key, field(event, key)]);
  const details = field(event, 'details');
  const { request: _, response: __, ...rest } = isObject(details) ? details : {};
  const has = Object.keys(rest).length > 0;
  return { ...Object.fromEntries(known), details: isObject(details) ? (has ? rest : undefined) : details };
}

function full(event: LogEvent): Record<string, unknown> {
  return { ...(isObject(event) ? event : { entry: event }), log_id: idOf(event) };
}
