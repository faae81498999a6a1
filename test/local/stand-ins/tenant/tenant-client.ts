import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Tenant } from '../../../../local/stand-ins/tenant/tenant.ts';
import type { TenantOptions } from '../../../../local/stand-ins/tenant/tenant-options.ts';
import { tenantForTest } from '../../../support/tenant.ts';

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** 2026-03-04 05:06:07 UTC. */
export const NOW = Date.UTC(2026, 2, 4, 5, 6, 7);

/**
 * Starts a tenant that ends with the test, whose clock stands at NOW unless the options move it.
 */
export async function tenantAtNow(options: Partial<TenantOptions> = {}): Promise<Tenant> {
  return await tenantForTest({ now: () => NOW, ...options });
}

/** Makes one https request over a real socket that trusts only the tenant's CA. */
export async function call(
  tenant: Tenant,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Received> {
  const { body, ...rest } = options;
  const ca = await readFile(tenant.caFile);
  return new Promise((resolve, reject) => {
    const sent = request(`https://${tenant.domain}${path}`, { ...rest, ca, agent: false }, (response) => {
      text(response).then((received) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received });
      }, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function askForToken(tenant: Tenant, fields: Record<string, string> = {}): Promise<Received> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: tenant.clientId,
    client_secret: tenant.clientSecret,
    audience: `https://${tenant.domain}/api/v2/`,
    ...fields,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call(tenant, '/oauth/token', { method: 'POST', headers, body });
}

export async function tokenOf(tenant: Tenant): Promise<string> {
  const { text: json } = await askForToken(tenant);
  return z.object({ access_token: z.string() }).parse(JSON.parse(json)).access_token;
}

export interface Reader {
  get(query: string): Promise<Received>;
  /** Reads the `log_id`s of a page in checkpoint mode. */
  ids(query: string): Promise<string[]>;
}

/** Makes a reader of the log with one token. */
export async function readerOf(tenant: Tenant): Promise<Reader> {
  const headers = { authorization: `Bearer ${await tokenOf(tenant)}` };
  const get = (query: string) => call(tenant, `/api/v2/logs${query}`, { headers });
  return { get, ids: async (query) => idsOf((await get(query)).text) };
}

export function idsOf(json: string): string[] {
  return z
    .array(z.object({ log_id: z.string(), _id: z.string() }))
    .parse(JSON.parse(json))
    .map(({ log_id }) => log_id);
}
