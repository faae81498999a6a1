import { type Auth0Settings, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Parsed } from '../../lambdas/shared/settings/setting.ts';
import {
  parseWebhookSettings,
  type WebhookSettings,
} from '../../lambdas/shared/settings/webhook-settings.ts';

export const OWN_TENANT = 'simulated.auth0.example';
export const OTHER_TENANT = 'other.auth0.example';

const kept = new Map<string, Auth0Settings>();

interface Chosen {
  /** True to leave out deletions and creations. */
  readonly narrow: boolean;
  readonly settleSeconds: number;
  readonly retentionDays: number;
  readonly startFrom: 'earliest' | 'latest';
  /** True to name another tenant. */
  readonly isOther: boolean;
}

export function auth0Settings(chosen: Chosen): Auth0Settings {
  const text = JSON.stringify({
    AUTH0_DOMAIN: chosen.isOther ? OTHER_TENANT : OWN_TENANT,
    AUTH0_CLIENT_ID: 'id',
    AUTH0_CLIENT_SECRET: 'simulated',
    AUTH0_API_METHODS: chosen.narrow ? 'PATCH' : '',
    AUTH0_LOG_RETENTION_DAYS: chosen.retentionDays,
    START_FROM: chosen.startFrom,
    SETTLE_SECONDS: chosen.settleSeconds,
  });
  const settings = kept.get(text) ?? settingsOf(parseAuth0Settings(text));
  kept.set(text, settings);
  return settings;
}

export const webhookSettings: WebhookSettings = settingsOf(
  parseWebhookSettings(
    JSON.stringify({
      WEBHOOK_URL: 'https://webhook.example/',
      WEBHOOK_SIGNING_SECRET: Buffer.alloc(32, 1).toString('base64'),
    }),
  ),
);

function settingsOf<T>(parsed: Parsed<T>): T {
  if ('settings' in parsed) return parsed.settings;
  throw new Error(JSON.stringify(parsed.faults));
}
