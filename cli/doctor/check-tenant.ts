import { parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Connection } from '../connect/connection.ts';
import { type Finding, right, wrong } from './check.ts';

/**
 * Checks that the settings name the tenant whose log is read. Finds nothing before the first poll,
 * and while the settings are wrong, as another check tells that.
 */
export async function checkTenant({
  readSecret,
  operations,
}: Pick<Connection, 'readSecret' | 'operations'>): Promise<readonly Finding[]> {
  const parsed = parseAuth0Settings(await readSecret('auth0'));
  const read = (await operations.ledger.readState())?.tenant;
  if ('faults' in parsed || read === undefined) return [];
  const { tenant } = parsed.settings.connection;
  if (tenant === read) return [right(`AUTH0_DOMAIN names the tenant whose log is read: ${read}`)];
  return [
    wrong(
      `AUTH0_DOMAIN names the tenant ${tenant}, but the log of ${read} is read: polls fail until that is set right`,
      `auth0-webhooks settings set AUTH0_DOMAIN, or, to read the other log from now on, auth0-webhooks rebind ${tenant}`,
    ),
  ];
}
