import { type LogEvent, textField } from '../../shared/log-event.ts';

/**
 * Where an entry without a request names its user. Most have `user_id`; changes of a profile or of
 * factors have `details`.
 */
const PLACES = [
  ['details', 'body', 'user_id'],
  ['details', 'enrollment', 'user_id'],
];
/** The id of an application, which some entries have in place of a user's. */
const MACHINE = /@clients$/;
/** The id of a database user, which is one of MongoDB's. */
const DATABASE_ID = /^[0-9a-f]{24}$/i;

/**
 * Finds the id of the user that a log event is about, as later paths write it (`auth0|6132…`). A
 * deletion (`sdu`) has an empty `user_id`, and names the id only in its description, without the
 * provider.
 */
export function userOf(event: LogEvent): string | undefined {
  const whole = textField(event, 'user_id');
  if (whole && !MACHINE.test(whole)) return whole;
  const described = /\buser_id:\s*["']?([^\s"',]+)/.exec(textField(event, 'description') ?? '')?.[1];
  const named = [described, ...PLACES.map((place) => textField(event, ...place))];
  const id = named.find(
    (candidate) => candidate !== undefined && candidate !== '' && !MACHINE.test(candidate),
  );
  return id === undefined ? undefined : withProvider(id, event);
}

/**
 * Puts the provider before an id. Auth0's ids are `provider|id`, or `provider|connection|id` for
 * company directories. The log's `strategy` is the provider.
 */
function withProvider(id: string, event: LogEvent): string {
  const strategy = textField(event, 'strategy') || (DATABASE_ID.test(id) ? 'auth0' : '');
  const [first] = id.split('|', 1);
  const isBare = first === id || first === textField(event, 'connection');
  return strategy !== '' && isBare ? `${strategy}|${id}` : id;
}

export function organizationOf(event: LogEvent): string | undefined {
  return textField(event, 'organization_id') || textField(event, 'details', 'org_id') || undefined;
}
