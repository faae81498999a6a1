import { field, type LogEvent, textField } from '../../shared/log-event.ts';
import type { ResourceVersion } from '../../shared/resource-version.ts';
import type { ApiCall } from './api-call.ts';

/**
 * First segments whose second segment names a collection or a single setting, not an id:
 * `actions/actions/{id}`, `branding/themes/{id}`, `attack-protection/{feature}`, `tenants/settings`
 * (the `auth0` package's operations, and the undocumented endpoints that the dashboard calls).
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
/** Namespaces within a namespace: `flows/vault/connections/{id}`. */
const DEEP_NAMESPACES = new Set([
  'flows/vault',
  'branding/phone',
  'risk-assessments/settings',
  'verifiable-credentials/verification',
]);

/**
 * Where a created resource tells the id by which later paths name it; a client grant has a
 * `client_id` that is not its own.
 */
const OWN_IDS: Readonly<Record<string, string>> = {
  users: 'user_id',
  clients: 'client_id',
  'custom-domains': 'custom_domain_id',
  'email-templates': 'template',
  'branding/themes': 'themeId',
};
const COMMON_IDS = ['id', 'kid', 'name'];
/** Created by POST, but there is only one: its answer's `name` is not in later paths. */
const SINGLE = new Set(['emails/provider']);

/** Since version 2: a list of one, and an id of its own. */
const INVITATIONS = 'tenants/invitations';
/** Since version 2: what is done to a user elsewhere than below `users`. */
const BY_USER_IN_PATH = new Set(['user-blocks']);
const BY_USER_IN_BODY = /^(tickets\/|jobs\/verification-email$)/;

/** What a call of the Management API is about; undefined where the log does not tell. */
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
