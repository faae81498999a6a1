import { createHash } from 'node:crypto';
import { idOf, type LogEvent, textField } from '../../shared/log-event.ts';
import type { ResourceVersion } from '../../shared/resource-version.ts';
import { type ApiCall, callOf, scimTarget } from './api-call.ts';
import { managementResource } from './management-resource.ts';
import { organizationOf, userOf } from './user.ts';

/** SQS's limit for a message group id, and the characters that it takes. */
const LONGEST = 128;
const SQS_SAFE = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]+$/;

/**
 * What the event is about, such as `users/auth0|123`: its ordering key (P3). Sub-resources belong
 * to their parent, a create to its later updates by the id in its response, a tenant-wide setting
 * is one resource. What cannot be told is a resource of its own. At most 128 characters of SQS's
 * alphabet, for any input.
 *
 * Version 1 told by the path of any API as if it were the Management API's, and else by `user_id`.
 * Version 2 knows the other APIs, so that all events of one user share a key, whatever their type.
 */
export function resourceOf(event: LogEvent, version: ResourceVersion): string {
  const identity = version === 1 ? firstIdentity(event) : secondIdentity(event);
  return safe(identity ?? `log/${idOf(event)}`);
}

function firstIdentity(event: LogEvent): string | undefined {
  const call = callOf(event);
  if (call) return managementResource(event, call, 1);
  const user = textField(event, 'user_id');
  return user ? `users/${user}` : undefined;
}

function secondIdentity(event: LogEvent): string | undefined {
  const call = callOf(event);
  if (!call) return byUser(event) ?? byOrganization(event);
  switch (call.api) {
    case 'management':
      return managementResource(event, call, 2);
    case 'scim':
      return byScim(event, call);
    case 'my-account':
      return byUser(event);
    case 'my-organization': // its `user_id` is who did it
      return byOrganization(event) ?? byUser(event);
    case 'guardian':
      return byUser(event) ?? managementResource(event, call, 2);
  }
}

/**
 * A user that is created by SCIM tells its id nowhere but in the answer, if there: else it is a
 * resource of its own.
 */
function byScim(event: LogEvent, call: ApiCall): string | undefined {
  const target = scimTarget(call);
  const id = target?.id || textField(event, 'details', 'response', 'body', 'id');
  if (target && id) return `${target.collection}/${id}`;
  return target?.collection === 'groups' ? undefined : byUser(event);
}

function byUser(event: LogEvent): string | undefined {
  const user = userOf(event);
  return user === undefined ? undefined : `users/${user}`;
}

function byOrganization(event: LogEvent): string | undefined {
  const organization = organizationOf(event);
  return organization === undefined ? undefined : `organizations/${organization}`;
}

/**
 * A key that SQS would refuse is replaced by its digest; the collection stays readable where it
 * can.
 */
function safe(key: string): string {
  if (key.length <= LONGEST && SQS_SAFE.test(key)) return key;
  const collection = key.slice(0, key.indexOf('/'));
  const digest = createHash('sha256').update(key).digest('hex');
  return collection.length <= 40 && SQS_SAFE.test(collection)
    ? `${collection}/sha256-${digest}`
    : `sha256-${digest}`;
}
