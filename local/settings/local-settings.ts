import { AUTH0_KEYS, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Parsed } from '../../lambdas/shared/settings/setting.ts';
import type { SettingFault } from '../../lambdas/shared/settings/setting-fault.ts';
import { parseWebhookSettings, WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { UserError } from '../user-error.ts';
import { setValues, type Variables } from './env-file.ts';

type Values = Readonly<Record<string, string>>;

/** What the user set, and what local mode has to stand in for. */
export interface LocalSettings {
  readonly auth0: Values;
  readonly webhook: Values;
  /** True when no tenant is given, so that one is simulated. */
  readonly simulatesTenant: boolean;
  /** The given tenant's host; undefined when one is simulated. */
  readonly domain: string | undefined;
  /** True when no webhook is given, so that we receive the calls. */
  readonly receives: boolean;
}

/** Values for what is not known before the services run. They only have to parse. */
const TENANT = {
  AUTH0_DOMAIN: 'localhost:1',
  AUTH0_CLIENT_ID: 'simulated',
  AUTH0_CLIENT_SECRET: 'simulated',
};
const RECEIVER = { WEBHOOK_URL: 'http://127.0.0.1:1/', WEBHOOK_ALLOW_HTTP: 'true' };
const SIGNING_SECRET = { WEBHOOK_SIGNING_SECRET: Buffer.alloc(32).toString('base64') };

/**
 * Reads the settings by the names of the two secrets' keys.
 *
 * @throws {UserError} naming every faulty key of both secrets
 */
export function localSettings(variables: Variables): LocalSettings {
  const auth0 = setValues(variables, AUTH0_KEYS);
  const given = setValues(variables, WEBHOOK_KEYS);
  const webhook = { WEBHOOK_ALLOW_PRIVATE: 'true', ...allowances(given.WEBHOOK_URL), ...given };
  const simulatesTenant = !('AUTH0_DOMAIN' in auth0);
  const receives = !('WEBHOOK_URL' in webhook);
  const ofAuth0 = parseAuth0Settings(JSON.stringify({ ...(simulatesTenant ? TENANT : {}), ...auth0 }));
  const ofWebhook = parseWebhookSettings(
    JSON.stringify({ ...SIGNING_SECRET, ...webhook, ...(receives ? RECEIVER : {}) }),
  );
  if ('faults' in ofAuth0 || 'faults' in ofWebhook)
    throw new UserError(faultsMessage([...faultsOf(ofAuth0), ...faultsOf(ofWebhook)]));
  const domain = simulatesTenant ? undefined : ofAuth0.settings.connection.domain;
  return { auth0, webhook, simulatesTenant, domain, receives };
}

/**
 * Allows http for a receiver on this machine, as nothing goes over a network.
 */
function allowances(url: string | undefined): Values {
  const isLoopback = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i.test(url ?? '');
  return isLoopback ? { WEBHOOK_ALLOW_HTTP: 'true' } : {};
}

function faultsOf(parsed: Parsed<unknown>): readonly SettingFault[] {
  return 'faults' in parsed ? parsed.faults : [];
}

/** One message for all faults. It never has a value, which may be a secret. */
export function faultsMessage(faults: readonly SettingFault[]): string {
  const lines = faults.map(({ key, expected }) => `  ${key}: ${expected}`);
  return ['These settings are wrong (environment or .env):', ...lines].join('\n');
}
