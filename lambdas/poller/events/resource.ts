import { createHash } from 'node:crypto';
import { apiSegments } from '../../shared/api-path.ts';
import { field, idOf, type LogEvent, requestOf, textField } from '../../shared/log-event.ts';

/**
 * First segments whose second segment names a collection or a single setting, not an id: `actions/actions/{id}`,
 * `branding/themes/{id}`, `attack-protection/{feature}`, `tenants/settings` (reference: auth0.md §3, and the
 * undocumented endpoints that the dashboard calls).
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

/** Where a created resource tells the id by which later paths name it; a client grant has a `client_id` that is not its own. */
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

/** SQS's limit for a message group id, and the characters that it takes. */
const LONGEST = 128;
const SQS_SAFE = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]+$/;

/**
 * What the event is about, such as `users/auth0|123`: its ordering key (P3). Sub-resources belong to their parent, a
 * create to its later updates by the id in its response, a tenant-wide setting is one resource. What cannot be told is
 * a resource of its own. At most 128 characters of SQS's alphabet, for any input.
 */
export function resourceOf(event: LogEvent): string {
  return safe(identity(event) ?? `log/${idOf(event)}`);
}

function identity(event: LogEvent): string | undefined {
  const request = requestOf(event);
  if (!request) {
    const user = textField(event, 'user_id');
    return user ? `users/${user}` : undefined;
  }
  const segments = apiSegments(request.path);
  const depth = collectionDepth(segments);
  const collection = segments.slice(0, depth).join('/');
  const id = segments[depth];
  if (id !== undefined) return `${collection}/${id}`;
  if (collection === '') return undefined;
  if (request.method !== 'post' || SINGLE.has(collection)) return collection;
  const created = createdId(collection, field(event, 'details', 'response', 'body'));
  return created === undefined ? undefined : `${collection}/${created}`;
}

function collectionDepth(segments: readonly string[]): number {
  const [first = '', second = ''] = segments;
  if (DEEP_NAMESPACES.has(`${first}/${second}`)) return 3;
  return NAMESPACES.has(first) ? 2 : 1;
}

function createdId(collection: string, body: unknown): string | undefined {
  const own = Object.hasOwn(OWN_IDS, collection) ? OWN_IDS[collection] : undefined;
  const keys = own === undefined ? COMMON_IDS : [own, ...COMMON_IDS];
  return keys.map((key) => textField(body, key)).find((id) => id !== undefined && id !== '');
}

/** A key that SQS would refuse is replaced by its digest; the collection stays readable where it can. */
function safe(key: string): string {
  if (key.length <= LONGEST && SQS_SAFE.test(key)) return key;
  const collection = key.slice(0, key.indexOf('/'));
  const digest = createHash('sha256').update(key).digest('hex');
  return collection.length <= 40 && SQS_SAFE.test(collection)
    ? `${collection}/sha256-${digest}`
    : `sha256-${digest}`;
}
