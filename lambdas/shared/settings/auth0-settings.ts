import * as z from 'zod/mini';
import { apiSegments } from '../api-path.ts';
import { list, listOf, optional, type Parsed, parseSettings, required, wholeNumberFrom } from './setting.ts';

export interface Auth0Settings {
  /** Host, and port where it is not 443. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Patterns of whole path segments; `*` is any one segment. None = every endpoint. */
  readonly endpoints: readonly (readonly string[])[];
  /** Lower case. None = every method. */
  readonly methods: readonly string[];
  readonly logTypes: readonly string[];
  readonly excludedClients: readonly string[];
  readonly startFrom: StartFrom;
  readonly settleSeconds: number;
  readonly retentionDays: number;
  readonly payload: 'compact' | 'full';
  /** Paths of object keys to leave out of the payload. */
  readonly redact: readonly (readonly string[])[];
}

export type StartFrom =
  | { readonly kind: 'latest' | 'earliest' }
  /** Epoch milliseconds. */
  | { readonly kind: 'time'; readonly time: number }
  | { readonly kind: 'log_id'; readonly logId: string };

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/;

const schema = z.pipe(
  z.object({
    AUTH0_DOMAIN: required('the tenant\'s host name, such as "example.eu.auth0.com"', domain),
    AUTH0_CLIENT_ID: required(
      'the client id of a machine-to-machine application with the scope read:logs',
      text,
    ),
    AUTH0_CLIENT_SECRET: required('the client secret of that application', text),
    AUTH0_API_ENDPOINTS: optional(
      'comma-separated path segments after /api/v2/, such as "users, organizations/*/members"',
      listOf(endpoint),
      [],
    ),
    AUTH0_API_METHODS: optional(`comma-separated methods out of ${METHODS.join(', ')}`, listOf(method), []),
    AUTH0_LOG_TYPES: optional('comma-separated log event type codes, such as "sapi,fapi"', logTypes, [
      'sapi',
      'fapi',
    ]),
    AUTH0_EXCLUDE_CLIENTS: optional('comma-separated client ids', list, []),
    START_FROM: optional(
      '"latest", "earliest", an ISO time such as "2026-11-23T09:00:00Z", or a log_id (56 digits)',
      startFrom,
      { kind: 'latest' },
    ),
    SETTLE_SECONDS: optional('a whole number of seconds from 0 to 300', wholeNumberFrom(0, 300), 5),
    AUTH0_LOG_RETENTION_DAYS: optional('a whole number of days from 1 to 365', wholeNumberFrom(1, 365), 1),
    PAYLOAD: optional('"compact" or "full"', payload, 'compact'),
    REDACT: optional('comma-separated paths, such as "request.body.email, request.ip"', listOf(keyPath), []),
  }),
  z.transform(
    (key): Auth0Settings => ({
      domain: key.AUTH0_DOMAIN,
      clientId: key.AUTH0_CLIENT_ID,
      clientSecret: key.AUTH0_CLIENT_SECRET,
      endpoints: key.AUTH0_API_ENDPOINTS,
      methods: key.AUTH0_API_METHODS,
      logTypes: key.AUTH0_LOG_TYPES,
      excludedClients: key.AUTH0_EXCLUDE_CLIENTS,
      startFrom: key.START_FROM,
      settleSeconds: key.SETTLE_SECONDS,
      retentionDays: key.AUTH0_LOG_RETENTION_DAYS,
      payload: key.PAYLOAD,
      redact: key.REDACT,
    }),
  ),
);

/** Parses the secret `<name>/auth0` (DESIGN §5); every fault is named. */
export function parseAuth0Settings(secret: string): Parsed<Auth0Settings> {
  return parseSettings(secret, schema);
}

function text(value: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}

/** People paste the address of the tenant: the scheme and a final slash are dropped. */
function domain(value: string): string | undefined {
  const host = value.replace(/^https:\/\//i, '').replace(/\/$/, '');
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(host) && URL.canParse(`https://${host}`)
    ? host.toLowerCase()
    : undefined;
}

/** Whole segments after `/api/v2/`, which may be written or not; a whole URL is refused, as it would name a tenant. */
function endpoint(value: string): readonly string[] | undefined {
  const path = value
    .replace(/^\/+/, '')
    .replace(/^api\/v2(\/|$)/, '')
    .replace(/\/+$/, '');
  const segments = path.split('/');
  const isSegment = (segment: string) => segment === '*' || /^[^\s/*?#:{}]+$/.test(segment);
  return segments.every(isSegment) ? apiSegments(path) : undefined;
}

function method(value: string): string | undefined {
  return METHODS.includes(value.toUpperCase()) ? value.toLowerCase() : undefined;
}

/** None at all would match nothing for ever. */
function logTypes(value: string): readonly string[] | undefined {
  const types = listOf(logType)(value);
  return types?.length === 0 ? undefined : types;
}

function logType(value: string): string | undefined {
  return /^[a-z0-9_]+$/i.test(value) ? value : undefined;
}

function payload(value: string): 'compact' | 'full' | undefined {
  return value === 'compact' || value === 'full' ? value : undefined;
}

function keyPath(value: string): readonly string[] | undefined {
  const keys = value.split('.').map((key) => key.trim());
  return keys.every((key) => key !== '') ? keys : undefined;
}

function startFrom(value: string): StartFrom | undefined {
  if (value === 'latest' || value === 'earliest') return { kind: value };
  if (/^\d{56}$/.test(value)) return { kind: 'log_id', logId: value };
  const time = ISO_TIME.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : { kind: 'time', time };
}
