import { apiSegments } from '../api-path.ts';
import { list, listOf, optional } from './setting.ts';

/** Which log events are events. */
export interface FilterSettings {
  /** Patterns of whole path segments; `*` is any one segment. None = every endpoint. */
  readonly endpoints: readonly (readonly string[])[];
  /** Lower case. None = every method. */
  readonly methods: readonly string[];
  readonly logTypes: readonly string[];
  /** Client ids whose doings are no events; our own application's is among them. */
  readonly excludedClients: readonly string[];
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const filterKeys = {
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
};

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
