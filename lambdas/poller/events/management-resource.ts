import { field, type LogEvent, textField } from '../../shared/log-event.ts';
import type { ResourceVersion } from '../../shared/resource-version.ts';
import type { ApiCall } from './api-call.ts';

/**
 * First segments after which a collection or a single setting follows, not an id:
 * `actions/actions/{id}`, `branding/themes/{id}`, `attack-protection/{feature}`,
 * `tenants/settings`. The list is from the operations of the `auth0` package and the undocumented
 * endpoints that the dashboard calls.
 */
const NAMESPACES = new Set([
  'actions',
  'anomaly',
  'attack-protection',
  'branding',
  'emails',
  'experimentation',
  'guardian',
  'integrations',
  'jobs',
  'keys',
  'prompts',
  'risk-assessment',
  'risk-assessments',
  'supplemental-signals',
  'tenants',
  'tickets',
  'verifiable-credentials',
]);
/** Second segments after which another collection follows: `flows/vault/connections/{id}`. */
const DEEP_NAMESPACES = new Set([
  'flows/vault',
  'branding/phone',
  'risk-assessments/settings',
  'verifiable-credentials/verification',
]);

/**
 * Names of the field that has a new resource's id, by which later paths name it. A client grant
 * also has a `client_id`, which is not its own.
 */
const OWN_IDS: Readonly<Record<string, string>> = {
  users: 'user_id',
  clients: 'client_id',
  'custom-domains': 'custom_domain_id',
  'email-templates': 'template',
  'branding/themes': 'themeId',
};
const COMMON_IDS = ['id', 'kid', 'name'];
/**
 * Settings that are created by POST, though there is only one. The `name` in the answer is not in
 * later paths.
 */
const SINGLE = new Set(['emails/provider']);

/** Since version 2. The request is a list of one, and each invitation has an id. */
const INVITATIONS = 'tenants/invitations';
/** Collections that act on a user outside of `users`. Since version 2. */
const BY_USER_IN_PATH = new Set(['user-blocks']);
const BY_USER_IN_BODY = /^(tickets\/|jobs\/verification-email$)/;

/** Tells the resource of a Management API call. Undefined where the log does not say. */
export function managementResource(
  event: LogEvent,
  { segments, method }: ApiCall,
  version: ResourceVersion,
): string | undefined {
  const depth = collectionDepth(segments);
  const collection = segments.slice(0, depth).join('/');
  const id = segments[depth];
  if (version >= 2) {
    const user = BY_USER_IN_PATH.has(collection) ? id : ticketUser(collection, event);
    if (user) return `users/${user}`;
  }
  if (id !== undefined) return `${collection}/${id}`;
  if (collection === '') return undefined;
  if (method !== 'post' || SINGLE.has(collection)) return collection;
  const created = createdId(collection, field(event, 'details', 'response', 'body'), version);
  return created === undefined ? undefined : `${collection}/${created}`;
}

function ticketUser(collection: string, event: LogEvent): string | undefined {
  return BY_USER_IN_BODY.test(collection)
    ? textField(event, 'details', 'request', 'body', 'user_id')
    : undefined;
}

function collectionDepth(segments: readonly string[]): number {
  const [first = '', second = ''] = segments;
  if (DEEP_NAMESPACES.has(`${first}/${second}`)) return 3;
  return NAMESPACES.has(first) ? 2 : 1;
}

function createdId(collection: string, answer: unknown, version: ResourceVersion): string | undefined {
  const isInvitation = version >= 2 && collection === INVITATIONS;
  const body = isInvitation && Array.isArray(answer) ? answer[0] : answer;
  const own = Object.hasOwn(OWN_IDS, collection) ? OWN_IDS[collection] : undefined;
  const keys = [...(isInvitation ? ['invitation_id'] : []), ...(own ? [own] : []), ...COMMON_IDS];
  return keys.map((key) => textField(body, key)).find((id) => id !== undefined && id !== '');
}
