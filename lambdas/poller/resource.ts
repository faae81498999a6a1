import { createHash } from 'node:crypto';
import { apiSegments } from '../shared/api-path.ts';
import { field, idOf, type LogEvent, requestOf, textField } from '../shared/log-event.ts';

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
  'flows',
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

/** Where a created resource tells its id, in this order (a client has both a `client_id` and, in places, an `id`). */
const CREATED_IDS = ['user_id', 'client_id', 'id', 'kid', 'name'];

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
  if (request.method !== 'post') return collection;
  const created = createdId(field(event, 'details', 'response', 'body'));
  return created === undefined ? undefined : `${collection}/${created}`;
}

function collectionDepth(segments: readonly string[]): number {
  const [first = '', second = ''] = segments;
  if (!NAMESPACES.has(first)) return 1;
  return DEEP_NAMESPACES.has(`${first}/${second}`) ? 3 : 2;
}

function createdId(body: unknown): string | undefined {
  return CREATED_IDS.map((key) => textField(body, key)).find((id) => id !== undefined && id !== '');
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
