import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { getCACertificates } from 'node:tls';
import {
  parseWebhookSettings,
  type WebhookSettings,
} from '../../lambdas/shared/settings/webhook-settings.ts';
import type { Connection } from '../connect/connection.ts';
import { type Finding, right, wrong } from './check.ts';

const TIMEOUT_MS = 10_000;

/**
 * Checks the endpoint's name, address, TLS and answer to a HEAD. It asks from this machine, whose
 * network need not be the function's.
 */
export async function checkWebhook({ readSecret }: Connection): Promise<readonly Finding[]> {
  const parsed = parseWebhookSettings(await readSecret('webhook'));
  if ('faults' in parsed) return [];
  const { settings } = parsed;
  const { hostname, host } = settings.url;
  const name = hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = await lookup(name, { all: true });
    const found = right(`${host} is at ${addresses.map(({ address }) => address).join(', ')}`);
    return [found, await head(settings)];
  } catch (error) {
    return [
      wrong(`${host} has no address (${codeOf(error)})`, 'look at WEBHOOK_URL, and at the name server'),
    ];
  }
}

/** Takes any answer as good: a receiver that only takes POST says 404 or 405 to a HEAD. */
async function head(settings: WebhookSettings): Promise<Finding> {
  const { url, ca, clientCertificate } = settings;
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const tls = {
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
    ...(clientCertificate ?? {}),
  };
  try {
    const status = await new Promise<number>((resolve, reject) => {
      const call = request(url, { method: 'HEAD', timeout: TIMEOUT_MS, agent: false, ...tls }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      call.on('timeout', () => call.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
      call.on('error', reject);
      call.end();
    });
    return right(
      `${url.host} answers a HEAD with ${status} (only a signed POST tells whether it takes events)`,
    );
  } catch (error) {
    return wrong(
      `${url.host} does not answer (${codeOf(error)})`,
      'docs/receiving.md has a table of reasons; `auth0-webhooks test --wait` shows what the delivery function sees',
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
