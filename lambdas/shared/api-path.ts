import { decoded } from './text/decoded.ts';

/**
 * The decoded segments of a Management API path after `/api/v2/`, without its query. Callers send
 * ids raw or percent-encoded (`auth0|1`, `auth0%7C1`, even `%2F`); all give the same segments.
 */
export function apiSegments(path: string): readonly string[] {
  const [withoutQuery = ''] = path.split(/[?#]/, 1);
  const segments = withoutQuery
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);
  const isApi = segments[0] === 'api' && segments[1] === 'v2';
  return isApi ? segments.slice(2) : segments;
}
