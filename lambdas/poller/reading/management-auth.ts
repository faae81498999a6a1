import { createManagementAuth } from 'auth0/management';
import type { Auth0Connection } from '../../shared/settings/auth0-connection.ts';

/**
 * Makes what fetches tokens. It is a module of its own, as whoever loads all of `auth0` when it is
 * needed bundles all of it.
 */
export function managementAuth({ tenant: _, ...credentials }: Auth0Connection, fetchBy: typeof fetch) {
  return createManagementAuth({ ...credentials, fetch: fetchBy, maxRetries: 0, telemetry: false });
}
