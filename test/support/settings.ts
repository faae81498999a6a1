import type { Auth0Connection } from '../../lambdas/shared/settings/auth0-connection.ts';
import { type Auth0Settings, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { BodySettings } from '../../lambdas/shared/settings/body-settings.ts';
import type { FilterSettings } from '../../lambdas/shared/settings/filter-settings.ts';
import type { WebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';

export const connection = {
  domain: 'example.eu.auth0.com',
  audience: 'https://example.eu.auth0.com/api/v2/',
  tenant: 'example.eu.auth0.com',
  clientId: 'our-own-client',
  clientSecret: 'secret-of-our-client',
} as const satisfies Auth0Connection;

export function filterSettings(overrides: Partial<FilterSettings> = {}): FilterSettings {
  const { clientId } = connection;
  return {
    endpoints: [],
    methods: [],
    logTypes: ['sapi', 'fapi'],
    excludedClients: [clientId],
    ...overrides,
  };
}

export function bodySettings(overrides: Partial<BodySettings> = {}): BodySettings {
  return { payload: 'compact', redact: [], ...overrides };
}

export function auth0Settings(overrides: Partial<Auth0Settings> = {}): Auth0Settings {
  return {
    connection,
    filter: filterSettings(),
    body: bodySettings(),
    startFrom: { kind: 'earliest' },
    settleSeconds: 5,
    retentionDays: 30,
    ...overrides,
  };
}

/** A secret of 48 bytes, as the deployment generates it. */
export const SIGNING_SECRET = 'c2lnbmluZ1NlY3JldE9mVGhlVGVzdHNUaGF0Tm9ib2R5S25vd3NBdEFsbDEyMzQ1';

export function webhookSettings(overrides: Partial<WebhookSettings> = {}): WebhookSettings {
  return {
    url: new URL('http://127.0.0.1/hook'),
    headers: {},
    signingSecrets: [SIGNING_SECRET],
    timeoutSeconds: 5,
    allowPrivate: true,
    sendAsBatch: false,
    mostPerSecond: 0,
    ...overrides,
  };
}

/** The connection to a simulated tenant, as the parser makes it from the settings. */
export function connectionTo(
  { domain, clientId, clientSecret }: Readonly<Record<'domain' | 'clientId' | 'clientSecret', string>>,
  more: Readonly<Record<string, string>> = { AUTH0_CLIENT_SECRET: clientSecret },
): Auth0Connection {
  const parsed = parseAuth0Settings(
    JSON.stringify({ AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, ...more }),
  );
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  return parsed.settings.connection;
}
