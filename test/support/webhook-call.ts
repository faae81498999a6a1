import { setTimeout as sleep } from 'node:timers/promises';
import type { Resolve } from '../../lambdas/deliverer/http/resolve.ts';
import { type ConnectedWebhookClient, createWebhookClient } from '../../lambdas/deliverer/webhook-client.ts';
import type { WebhookSettings } from '../../lambdas/shared/settings/webhook-settings.ts';
import { webhookSettings } from './settings.ts';

/** A connection rests for 50 ms. */
const CONNECTING_MS = 70;

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

/**
 * The same, of a receiver to which connecting takes longer than a connection rests, as to most. So
 * a kept connection is waited for.
 */
export function distantClientOf(
  port: number,
  settings: Partial<WebhookSettings> = {},
  sideBySide = 1,
  now: () => number = Date.now,
): ConnectedWebhookClient {
  const url = new URL(`http://receiver.example:${port}/hook?key=1`);
  const resolve = async () => {
    await sleep(CONNECTING_MS);
    return [{ address: '127.0.0.1', family: 4 }];
  };
  return clientOfPort(port, { url, ...settings }, sideBySide, resolve, now);
}
