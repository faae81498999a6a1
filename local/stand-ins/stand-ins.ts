import type { Printer } from '../output/printer.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import { type Receiver, startReceiver } from './receiver/receiver.ts';
import { SIMULATED_AUDIENCE, startKeptTenant } from './simulated-tenant.ts';
import type { Tenant } from './tenant/tenant.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Stands in for a tenant and a webhook that were not given. It has the values of the two secrets
 * with them.
 */
export interface StandIns {
  readonly tenant: Tenant | undefined;
  readonly receiver: Receiver | undefined;
  readonly auth0: Values;
  readonly webhook: Values;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly settings: LocalSettings;
  /**
   * The secret that is used unless the settings give others; one or several, separated by spaces.
   */
  readonly signingSecret: string;
  readonly tenantDirectory: string;
  /** True when the simulated tenant goes on living. */
  readonly live: boolean;
  readonly printer: Printer;
}

export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const { settings, tenantDirectory, live, printer } = options;
  const webhook = { WEBHOOK_SIGNING_SECRET: options.signingSecret, ...settings.webhook };
  const tenant = settings.simulatesTenant ? await startKeptTenant(tenantDirectory, live) : undefined;
  const receiver = settings.receives
    ? await startReceiver({
        secrets: webhook.WEBHOOK_SIGNING_SECRET.split(/\s+/),
        onCall({ webhookId, problem }) {
          if (problem !== undefined) printer.say(`our webhook refused ${webhookId}: ${problem}`);
        },
      })
    : undefined;
  return {
    tenant,
    receiver,
    auth0: tenant
      ? {
          AUTH0_DOMAIN: tenant.domain,
          AUTH0_AUDIENCE: SIMULATED_AUDIENCE,
          AUTH0_CLIENT_ID: tenant.clientId,
          AUTH0_CLIENT_SECRET: tenant.clientSecret,
          START_FROM: 'earliest', // its history is there to be seen
          SETTLE_SECONDS: '0', // its ids come in order: no younger one appears before an older
          ...settings.auth0,
        }
      : settings.auth0,
    webhook: receiver ? { ...webhook, WEBHOOK_URL: receiver.url, WEBHOOK_ALLOW_HTTP: 'true' } : webhook,
    async close() {
      await Promise.all([tenant?.stop(), receiver?.stop()]);
    },
  };
}
