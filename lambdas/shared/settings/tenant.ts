import type { Auth0Connection } from './auth0-connection.ts';

type Named = Pick<Auth0Connection, 'domain'> & { readonly audience?: string | undefined };

/**
 * Whose log the settings name: the tenant's own domain. It is the host of the audience where there is one, as a tenant is
 * called by its custom domains too; without one AUTH0_DOMAIN has to be the tenant's own.
 */
export function tenantOf({ domain, audience }: Named): string {
  return audience !== undefined && URL.canParse(audience) ? new URL(audience).host : domain;
}
