import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLogClient, type LogClient } from '../../../../lambdas/poller/reading/log-client.ts';
import { idOf } from '../../../../lambdas/shared/log-event.ts';
import type { Tenant } from '../../../../local/stand-ins/tenant/tenant.ts';
import type { TenantOptions } from '../../../../local/stand-ins/tenant/tenant-options.ts';
import { tenantForTest } from '../../../support/functions.ts';
import { logEvent } from '../../../support/log-event.ts';

const TIME = Date.now() - 3_600_000;

async function trusted(tenant: Tenant): Promise<void> {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, await readFile(tenant.caFile, 'utf8')]);
  onTestFinished(() => setDefaultCACertificates(before));
}

async function world(count = 150, options: Partial<TenantOptions> = {}) {
  const tenant = await tenantForTest(options);
  await trusted(tenant);
  const ids = tenant.append(
    Array.from({ length: count }, (_, sequence) => logEvent({ time: TIME, sequence })),
  );
  const slept: number[] = [];
  const client: LogClient = createLogClient(tenant, async (ms) => {
    slept.push(ms);
  });
  return { tenant, client, ids, slept };
}

test('pages follow each other without a gap, at most a hundred entries each, to the end of the log', async () => {
  const { client, ids, tenant } = await world();
  const first = await client.page('9'.padEnd(56, '0'));
  expect(first.entries.map(idOf)).toEqual(ids.slice(0, 100));
  const second = await client.page(ids[99] ?? '');
  expect(second.entries.map(idOf)).toEqual(ids.slice(100));
  expect((await client.page(ids[149] ?? '')).entries).toEqual([]);
  expect(Math.abs(first.readAt - Date.now())).toBeLessThan(5_000);
  expect(tenant.requests()).toMatchObject({ token: 1, pages: 3 });
});

test('a search gives the newest or the oldest hundred', async () => {
  const { client, ids } = await world();
  expect((await client.search('newest')).entries.map(idOf)).toContain(ids[149]);
  expect((await client.search('oldest')).entries.map(idOf)).toContain(ids[0]);
});

describe('what passes is tried again, twice', () => {
  test.each([
    'reset',
    'truncate',
    'cut',
    { status: 500, body: {} },
    { status: 502, body: '<html>' },
    { status: 200, body: {} },
  ] as const)('after %j', async (fault) => {
    const { client, tenant, slept } = await world(1);
    tenant.onRequest = ({ kind, count }) => (kind === 'logs' && count <= 2 ? fault : undefined);
    expect((await client.page('9'.padEnd(56, '0'))).entries).toHaveLength(1);
    expect(slept).toEqual([300, 1_000]);
    tenant.onRequest = ({ kind }) => (kind === 'logs' ? fault : undefined);
    await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject({ reason: 'auth0.unavailable' });
  });
});

test('a token that was revoked, or expired, is renewed once', async () => {
  const { client, tenant } = await world(1);
  await client.page('9'.padEnd(56, '0'));
  tenant.revokeTokens();
  expect((await client.page('9'.padEnd(56, '0'))).entries).toHaveLength(1);
  expect(tenant.requests().tokensIssued).toBe(2);
});

test('a fresh token that is refused says what to check', async () => {
  const { client, tenant } = await world(1);
  tenant.onRequest = ({ kind }) =>
    kind === 'logs' ? { status: 401, body: { message: 'Invalid token' } } : undefined;
  const error = { reason: 'auth0.token', message: expect.stringContaining('AUTH0_DOMAIN') };
  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject(error);
  expect(tenant.requests()).toMatchObject({ logs: 2, token: 2 });
});

test('a missing scope is named', async () => {
  const { client } = await world(1, { scope: 'read:users' });
  const error = { reason: 'auth0.scope', message: expect.stringContaining('read:logs') };
  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject(error);
});

test('refused credentials name both keys and repeat neither', async () => {
  const { tenant } = await world(0);
  const { domain, clientId } = tenant;
  const client = createLogClient({ domain, clientId, clientSecret: 'marked-secret' });
  const failed = await client.page('9'.padEnd(56, '0')).catch((error: unknown) => error);
  expect(failed).toMatchObject({
    reason: 'auth0.credentials',
    message: expect.stringMatching(/AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET/),
  });
  expect(String(failed)).not.toContain('marked');
});

test('a rate limit is told with the time of its end, and not run against', async () => {
  const { client, tenant, slept } = await world(1);
  const reset = Math.ceil(Date.now() / 1_000) + 30;
  const headers = { 'x-ratelimit-reset': String(reset) };
  tenant.onRequest = ({ kind }) => (kind === 'logs' ? { status: 429, body: {}, headers } : undefined);
  const error = { reason: 'auth0.rate-limit', retryAt: reset * 1_000 };
  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject(error);
  expect(slept).toEqual([]);
  expect(tenant.requests().logs).toBe(1);
});

test('a position that Auth0 refuses, and a tenant that does not answer', async () => {
  const { client, tenant } = await world(1);
  await expect(client.page('0')).rejects.toMatchObject({ reason: 'auth0.request', status: 400 });
  await tenant.stop();
  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject({ reason: 'auth0.unavailable' });
});
