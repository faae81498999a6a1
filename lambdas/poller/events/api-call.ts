import { apiSegments } from '../../shared/api-path.ts';
import { type LogEvent, requestOf } from '../../shared/log-event.ts';
import { organizationOf, userOf } from './user.ts';

/**
 * Which of Auth0's APIs a path belongs to. `guardian` is the API of factors, below `/api/` without
 * a version.
 */
export type Api = 'management' | 'scim' | 'my-account' | 'my-organization' | 'guardian';

/** The request that a log event describes. */
export interface ApiCall {
  readonly api: Api;
  /** In lower case. */
  readonly method: string;
  /** Decoded: those after `/api/v2/` for the Management API, all of them for the other APIs. */
  readonly segments: readonly string[];
}

/**
 * Finds the request of a log event. Undefined for one without a request, such as a sign-up or a
 * login.
 */
export function callOf(event: LogEvent): ApiCall | undefined {
  const request = requestOf(event);
  if (!request) return undefined;
  const segments = apiSegments(request.path);
  return { api: apiOf(segments), method: request.method, segments };
}

function apiOf([first, second]: readonly string[]): Api {
  if (first === 'scim' && second === 'v2') return 'scim';
  if (first === 'me') return 'my-account';
  if (first === 'my-org') return 'my-organization';
  return first === 'api' ? 'guardian' : 'management';
}

/** The target of a SCIM request: `/scim/v2/connections/{connection}/Users/{id}`. */
export interface ScimTarget {
  readonly collection: 'users' | 'groups';
  /** Absent when one is created, or all are listed. */
  readonly id?: string | undefined;
}

export function scimTarget({ segments }: ApiCall): ScimTarget | undefined {
  const [, , connections, , kind = '', id] = segments;
  if (connections !== 'connections') return undefined;
  const collection = { users: 'users', groups: 'groups' } as const;
  const name = kind.toLowerCase();
  return name === 'users' || name === 'groups' ? { collection: collection[name], id } : undefined;
}

/**
 * Gives the segments that the same change would have in the Management API, so that a filter of
 * `users` finds it. A SCIM request about a user, and a user's own request in My Account, become
 * `users/{id}`. A request in My Organization becomes `organizations/{id}`.
 */
export function managementSegments(call: ApiCall, event: LogEvent): readonly string[] | undefined {
  switch (call.api) {
    case 'management':
      return call.segments;
    case 'scim': {
      const target = scimTarget(call);
      return target && [target.collection, ...(target.id === undefined ? [] : [target.id])];
    }
    case 'my-account':
      return ['users', userOf(event) ?? '', ...call.segments.slice(isVersion(call.segments[1]) ? 2 : 1)];
    case 'my-organization':
      return ['organizations', organizationOf(event) ?? '', ...call.segments.slice(1)];
    case 'guardian':
      return undefined;
  }
}

function isVersion(segment: string | undefined): boolean {
  return segment !== undefined && /^v\d+$/.test(segment);
}
