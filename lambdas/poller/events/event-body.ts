import { field, idOf, isObject, type LogEvent } from '../../shared/log-event.ts';
import type { BodySettings } from '../../shared/settings/body-settings.ts';
import { callOf } from './api-call.ts';
import { fitted } from './event-size.ts';
import { redacted } from './redact.ts';

/**
 * The JSON that the webhook gets for an event, whatever its shape, and whether parts had to be left
 * out for its size.
 */
export interface EventBody {
  readonly json: string;
  readonly omitted: boolean;
}

/**
 * `compact`: the webtask's three fields, plus `log_id`, `type` and `description`, and what
 * identifies the event where it tells of no call of the Management API. `full`: the log event as it
 * came. `log_id` is the webhook id in both, so that a receiver can ignore duplicates without the
 * headers.
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
  // What receivers of the Management API's events get stays as it is, byte for byte.
  return callOf(event)?.api === 'management' ? body : { ...body, ...identifying(event) };
}

const IDENTIFYING = [
  'user_id',
  'user_name',
  'connection',
  'connection_id',
  'client_id',
  'organization_id',
] as const;

/** As far as the entry has it. Request and response stand beside `details` already. */
function identifying(event: LogEvent): Record<string, unknown> {
  const known = IDENTIFYING.map((key): [string, unknown] => [key, field(event, key)]);
  const details = field(event, 'details');
  const { request: _, response: __, ...rest } = isObject(details) ? details : {};
  const has = Object.keys(rest).length > 0;
  return { ...Object.fromEntries(known), details: isObject(details) ? (has ? rest : undefined) : details };
}

function full(event: LogEvent): Record<string, unknown> {
  return { ...(isObject(event) ? event : { entry: event }), log_id: idOf(event) };
}
