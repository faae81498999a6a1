import type { Resolve } from '../../lambdas/deliverer/http/resolve.ts';
import { type ConnectedWebhookClient, createWebhookClient } from '../../lambdas/deliverer/webhook-client.ts';
import type { WebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import { webhookSettings } from './settings.ts';

/** Makes a client that calls a port of the loopback interface. */
export function clientOfPort(
  port: number,
  settings: Partial<WebhookSettings> = {},
  sideBySide = 1,
  resolve?: Resolve,
  now: () => number = Date.now,
): ConnectedWebhookClient {
  const url = new URL(`http://127.0.0.1:${port}/hook?key=1`);
  return createWebhookClient(webhookSettings({ url, ...settings }), sideBySide, now, resolve);
}
