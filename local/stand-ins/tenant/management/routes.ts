import { decoded } from '../../../../lambdas/shared/text/decoded.ts';
import type { Handle } from './call.ts';
import { listConnections, listRoles, updateConnection } from './connections.ts';
import { changeRoles, createUser, deleteUser, listUsers, readUser, updateUser } from './users.ts';

/** A call that the simulated tenant answers. */
export interface Route {
  readonly method: string;
  /** The path after `/api/v2/`; `*` stands for an id. */
  readonly path: string;
  /** Scopes, of which one is enough, as in the real API. */
  readonly scope: string;
  /** What the log calls it. Undefined when it changes nothing and is not logged. */
  readonly description: string | undefined;
  readonly handle: Handle;
}

type Row = readonly [
  method: string,
  path: string,
  scope: string,
  description: string | undefined,
  handle: Handle,
];

const ROWS: readonly Row[] = [
  ['GET', 'users', 'read:users', undefined, listUsers],
  ['GET', 'users/*', 'read:users', undefined, readUser],
  ['POST', 'users', 'create:users', 'Create a User', createUser],
  ['PATCH', 'users/*', 'update:users', 'Update a User', updateUser],
  ['DELETE', 'users/*', 'delete:users', 'Delete a User', deleteUser],
  ['POST', 'users/*/roles', 'update:users', 'Assign roles to a user', changeRoles],
  ['DELETE', 'users/*/roles', 'update:users', 'Removes roles from a user', changeRoles],
  ['GET', 'roles', 'read:roles', undefined, listRoles],
  ['GET', 'connections', 'read:connections', undefined, listConnections],
  ['PATCH', 'connections/*', 'update:connections', 'Update a connection', updateConnection],
];

const ROUTES: readonly Route[] = ROWS.map(([method, path, scope, description, handle]) => ({
  method,
  path,
  scope,
  description,
  handle,
}));

/** Every scope that a call asks for, separated by spaces. */
export const MANAGEMENT_SCOPE = [...new Set(ROUTES.map(({ scope }) => scope))].join(' ');

export function routeOf(
  method: string,
  pathname: string,
): { readonly route: Route; readonly ids: readonly string[] } | undefined {
  const given = pathname.replace(/^\/api\/v2\//, '').split('/');
  for (const route of ROUTES) {
    const segments = route.path.split('/');
    const fits =
      route.method === method &&
      segments.length === given.length &&
      segments.every((segment, index) => segment === '*' || segment === given[index]);
    if (!fits) continue;
    const ids = given.filter((_, index) => segments[index] === '*');
    return { route, ids: ids.map(decoded) };
  }
  return undefined;
}
