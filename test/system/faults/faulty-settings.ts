import { DelivererEnv, PollerEnv } from '../../../lambdas/shared/contract.ts';
import { SIGNING_SECRET } from '../local-run.ts';
import type { OutsideServices } from './outside-services.ts';

export type Values = Readonly<Record<string, string>>;
export type SetSettings = (of: 'auth0' | 'webhook', values?: Values) => Promise<void>;

/**
 * Makes a function that writes a function's secret as PutSecretValue does; without values it writes
 * the good ones.
 */
export function settingsOf(
  { pipeline, secretsManager, tenant, webhook }: OutsideServices,
  webhookSettings: Values = {},
): SetSettings {
  const good = {
    auth0: {
      AUTH0_DOMAIN: tenant.domain,
      AUTH0_CLIENT_ID: tenant.clientId,
      AUTH0_CLIENT_SECRET: tenant.clientSecret,
      START_FROM: 'earliest',
    },
    webhook: {
      WEBHOOK_URL: webhook.url,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
      WEBHOOK_TIMEOUT_SECONDS: '1',
      ...webhookSettings,
    },
  };
  const secretIds = {
    auth0: pipeline.poller.environment[PollerEnv.secretId],
    webhook: pipeline.deliverer.environment[DelivererEnv.secretId],
  };
  const nameOf = (id: string | undefined) => {
    const found = pipeline.secrets.find(({ arn, name }) => id === arn || id === name);
    if (!found) throw new Error(`the template has no secret ${id}`);
    return found.name;
  };
  return (which, values = good[which]) =>
    secretsManager.put(nameOf(secretIds[which]), JSON.stringify(values));
}
