import type { Services } from '../../../local/services/services.ts';
import type { Receiver } from '../../../local/stand-ins/receiver/receiver.ts';
import type { Tenant } from '../../../local/stand-ins/tenant/tenant.ts';

export const SIGNING_SECRET = Buffer.alloc(32, 7).toString('base64');

export type Values = Readonly<Record<string, string>>;

/** Writes one of the stack's secrets, which it finds by the end of its name. */
export async function putSettings(
  { pipeline, secrets }: Services,
  suffix: string,
  values: Values,
): Promise<void> {
  const secret = pipeline.secrets.find(({ name }) => name.endsWith(suffix));
  if (!secret) throw new Error(`the stack has no secret ${suffix}`);
  await secrets.put(secret.name, JSON.stringify(values));
}

export function auth0Settings({ domain, clientId, clientSecret }: Tenant): Values {
  return {
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: clientId,
    AUTH0_CLIENT_SECRET: clientSecret,
    START_FROM: 'earliest',
    SETTLE_SECONDS: '0',
  };
}

export function webhookSettings({ url }: Receiver): Values {
  return {
    WEBHOOK_URL: url,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
  };
}
