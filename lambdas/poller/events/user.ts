import { type LogEvent, textField } from '../../shared/log-event.ts';

/**
 * Where entries without a request tell of their user: most in `user_id`, changes of a profile and
 * of factors in `details`.
 */
const PLACES = [
  ['details', 'body', 'user_id'],
  ['details', 'enrollment', 'user_id'],
];
/** The id of a machine, in place of a user's. */
const MACHINE = /@clients$/;
/** Database users have one of MongoDB's. */
const DATABASE_ID = /^[0-9a-f]{24}$/i;

/**
 * Id of the user that a log event is about, as later paths name it (`auth0|6132…`). A deletion
 * (`sdu`) leaves `user_id` empty and says the id in its description only, without the provider
 * before it.
 */
export function userOf(event: LogEvent): string | undefined {
  const whole = textField(event, 'user_id');
  if (whole && !MACHINE.test(whole)) return whole;
  const described = /\buser_id:\s*["']?([^\s"',]+)/.exec(textField(event, 'description') ?? '')?.[1];
  const told = [described, ...PLACES.map((place) => textField(event, ...place))];
  const id = told.find(
    (candidate) => candidate !== undefined && candidate !== '' && !MACHINE.test(candidate),
  );
  return id === undefined ? undefined : withProvider(id, event);
}

/**
 * Auth0's ids are `provider|id` or, of company directories, `provider|connection|id`; the log's
 * `strategy` is the provider.
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
