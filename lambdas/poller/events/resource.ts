import { createHash } from 'node:crypto';
import { idOf, type LogEvent, textField } from '../../shared/log-event.ts';
import type { ResourceVersion } from '../../shared/resource-version.ts';
import { type ApiCall, callOf, scimTarget } from './api-call.ts';
import { managementResource } from './management-resource.ts';
import { organizationOf, userOf } from './user.ts';

/** SQS's limit for a message group id. SAFE has the characters that it takes. */
const LONGEST = 128;
const SQS_SAFE = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]+$/;

/**
 * Tells the resource of an event, such as `users/auth0|123`: its ordering key (P3). A sub-resource
 * belongs to its parent. A create belongs to later updates, by the id in its response. A
 * tenant-wide setting is one resource. An event that names nothing is a resource of its own. The
 * key has at most 128 characters of SQS's alphabet, whatever the input.
 *
 * Version 1 read every path as one of the Management API, and otherwise took `user_id`. Version
 * 2 knows the other APIs, so that all events of one user share a key.
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
 * Tells the resource of a SCIM request. A request that creates a user has the user's id only in its
 * response; where that is missing, the event is a resource of its own.
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
 * Makes a key that SQS takes. A key that SQS would refuse becomes a digest; its collection stays
 * readable where possible.
 */
function safe(key: string): string {
  if (key.length <= LONGEST && SQS_SAFE.test(key)) return key;
  const collection = key.slice(0, key.indexOf('/'));
  const digest = createHash('sha256').update(key).digest('hex');
  return collection.length <= 40 && SQS_SAFE.test(collection)
    ? `${collection}/sha256-${digest}`
    : `sha256-${digest}`;
}
