import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogClient, type LogClient } from '../../../../lambdas/poller/reading/log-client.ts';
import { field, idOf } from '../../../../lambdas/shared/log-event.ts';
import {
  alwaysLimited,
  slowPages,
  tokensRefused,
} from '../../../../local/stand-ins/tenant/lasting-faults.ts';
import type { Tenant } from '../../../../local/stand-ins/tenant/tenant.ts';
import type { TenantOptions } from '../../../../local/stand-ins/tenant/tenant-options.ts';
import { logEvent } from '../../../support/log-event.ts';
import { connectionTo } from '../../../support/settings.ts';
import { tenantForTest } from '../../../support/tenant.ts';

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
  const client: LogClient = createLogClient(connectionTo(tenant), async (ms) => {
    slept.push(ms);
  });
  return { tenant, client, ids, slept };
}

it('pages follow each other without a gap, at most a hundred entries each, to the end of the log', async () => {
  const { client, ids, tenant } = await world();
  const first = await client.page('9'.padEnd(56, '0'));

  expect(first.entries.map(idOf)).toEqual(ids.slice(0, 100));
  const second = await client.page(ids[99] ?? '');

  expect(second.entries.map(idOf)).toEqual(ids.slice(100));
  expect((await client.page(ids[149] ?? '')).entries).toEqual([]);
  expect(Math.abs(first.readAt - Date.now())).toBeLessThan(5_000);
  expect(tenant.requests()).toMatchObject({ token: 1, pages: 3 });
});

it('a search gives the newest or the oldest hundred', async () => {
  const { client, ids } = await world();

  expect((await client.search('newest')).entries.map(idOf)).toContain(ids[149]);
  expect((await client.search('oldest')).entries.map(idOf)).toContain(ids[0]);
});

describe('what passes is tried again, twice', () => {
  it.each([
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

it('a token that was revoked, or expired, is renewed once', async () => {
  const { client, tenant } = await world(1);
  await client.page('9'.padEnd(56, '0'));
  tenant.revokeTokens();

  expect((await client.page('9'.padEnd(56, '0'))).entries).toHaveLength(1);
  expect(tenant.requests().tokensIssued).toBe(2);
});

it('a fresh token that is refused says what to check', async () => {
  const { client, tenant } = await world(1);
  tenant.onRequest = ({ kind }) =>
    kind === 'logs' ? { status: 401, body: { message: 'Invalid token' } } : undefined;
  const error = { reason: 'auth0.token', message: expect.stringContaining('AUTH0_DOMAIN') };

  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject(error);
  expect(tenant.requests()).toMatchObject({ logs: 2, token: 2 });
});

it('a missing scope is named', async () => {
  const { client } = await world(1, { scope: 'read:users' });
  const error = { reason: 'auth0.scope', message: expect.stringContaining('read:logs') };

  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject(error);
});

it('refused credentials name both keys and repeat neither', async () => {
  const { tenant } = await world(0);
  const { domain, clientId } = tenant;
  const client = createLogClient(connectionTo({ domain, clientId, clientSecret: 'marked-secret' }));
  const failed = await client.page('9'.padEnd(56, '0')).catch((error: unknown) => error);

  expect(failed).toMatchObject({
    reason: 'auth0.credentials',
    message: expect.stringMatching(/AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET/),
  });
  expect(String(failed)).not.toContain('marked');
});

describe('a rate limit', () => {
  it('that is over within seconds is waited for, longer each time, and then told with its end', async () => {
    const { client, tenant, slept } = await world(1);
    const before = Date.now();
    tenant.onRequest = alwaysLimited;

    const failed = await client.page('9'.padEnd(56, '0')).catch((error: unknown) => error);

    expect(failed).toMatchObject({ reason: 'auth0.rate-limit', retryAt: expect.any(Number) });
    expect(field(failed, 'retryAt')).toBeGreaterThanOrEqual(before + 5_000);
    expect(slept[0]).toBeGreaterThanOrEqual(1_000);
    expect(slept).toEqual(slept.toSorted((a, b) => a - b));
    expect(tenant.requests().logs).toBe(slept.length + 1);
    expect(slept.length).toBeLessThan(4);
  });

  it('that others caused for a moment does not end the poll', async () => {
    const { client, tenant, slept } = await world(1);
    tenant.onRequest = (request) => (request.count === 1 ? alwaysLimited(request) : undefined);

    expect((await client.page('9'.padEnd(56, '0'))).entries).toHaveLength(1);

    expect(slept).toHaveLength(1);
  });

  it('with a Retry-After keeps it', async () => {
    const { client, tenant } = await world(1);
    tenant.onRequest = ({ kind }) =>
      kind === 'logs' ? { status: 429, body: {}, headers: { 'retry-after': '30' } } : undefined;

    await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject({ reason: 'auth0.rate-limit' });

    expect(client.pauseMs()).toBeGreaterThan(29_000);
  });

  it.each<[number, Record<string, string>]>([
    [429, { 'retry-after': '999999999999' }],
    [429, { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '999999999999' }],
    [200, { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '999999999999' }],
  ])('that would last for years (%i, %j) is tried again after an hour', async (status, headers) => {
    const clock = { now: Date.now() };
    const { tenant } = await world(1);
    const client = createLogClient(
      connectionTo(tenant),
      async () => {},
      () => clock.now,
    );
    tenant.onRequest = ({ kind }) => (kind === 'logs' ? { status, body: [], headers } : undefined);
    const read = () => client.page('9'.padEnd(56, '0'));
    for (let count = 0; count < 3; count++) await read().catch(() => {});
    clock.now += 3_600_000;

    expect(client.pauseMs()).toBeLessThanOrEqual(5_000);
    tenant.onRequest = () => undefined;

    expect((await read()).entries).toHaveLength(1);
  });

  it('is learnt from the answers, and paces the pages', async () => {
    const { client } = await world(1, { rateLimit: { burst: 10, perSecond: 1 } });
    const pauses: number[] = [];
    for (let count = 0; count < 8; count++) {
      pauses.push(client.pauseMs());
      await client.page('9'.padEnd(56, '0'));
    }

    expect(pauses).toEqual(Array(8).fill(0));
    expect(client.pauseMs()).toBeGreaterThan(400);
    expect(client.pauseMs()).toBeLessThan(2_000);
  });
});

describe('while /logs refuses every token', () => {
  it('a fresh one is fetched once, and then after pauses that grow', async () => {
    const clock = { now: Date.now() };
    const { tenant } = await world(1);
    const client = createLogClient(
      connectionTo(tenant),
      async () => {},
      () => clock.now,
    );
    tenant.onRequest = tokensRefused;
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      await client.page('9'.padEnd(56, '0')).catch(() => {});
      clock.now += 5 * 60_000;
    }

    expect(tenant.requests().token).toBeGreaterThan(5);
    expect(tenant.requests().token).toBeLessThan(40);
  });

  it('one that is taken again ends it', async () => {
    const { client, tenant } = await world(1);
    tenant.onRequest = tokensRefused;

    await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject({ reason: 'auth0.token' });

    tenant.onRequest = () => undefined;

    expect((await client.page('9'.padEnd(56, '0'))).entries).toHaveLength(1);
  });
});

it('the token quota is told as what it is, keeps its Retry-After, and is not asked against', async () => {
  const clock = { now: Date.now() };
  const { tenant } = await world(1, { tokenQuota: { perHour: 0, perDay: 10 } });
  const client = createLogClient(
    connectionTo(tenant),
    async () => {},
    () => clock.now,
  );
  const read = () => client.page('9'.padEnd(56, '0')).catch((error: unknown) => error);

  const failures = [await read(), await read()];

  for (const failure of failures)
    expect(failure).toMatchObject({
      reason: 'auth0.token-quota',
      status: 429,
      message: expect.stringContaining('token quota'),
      retryAt: expect.any(Number),
    });

  expect(tenant.requests().token).toBe(1);
  clock.now = Number(field(failures[0], 'retryAt'));
  await read();

  expect(tenant.requests().token).toBe(2);
});

describe('slow answers', () => {
  it('get all the time that the poll has left', async () => {
    const { client, tenant } = await world(1);
    tenant.onRequest = slowPages(700);

    expect((await client.page('9'.padEnd(56, '0'), { timeoutMs: 5_000 })).entries).toHaveLength(1);
    const failed = client.page('9'.padEnd(56, '0'), { timeoutMs: 300 });

    await expect(failed).rejects.toMatchObject({ reason: 'auth0.unavailable', timedOut: true });
  });

  it('are not asked for twice at once', async () => {
    const { client, tenant } = await world(1);
    tenant.onRequest = ({ kind }) => (kind === 'logs' ? 'hang' : undefined);

    await expect(client.page('9'.padEnd(56, '0'), { timeoutMs: 400 })).rejects.toMatchObject({
      message: 'Auth0 did not answer in time',
    });

    expect(tenant.requests().logs).toBe(1);
  });
});

it('an answer that is too large is broken off, and asked for in smaller pages', async () => {
  const { client, tenant } = await world(0);
  const large = 'x'.repeat(700_000);
  const ids = tenant.append(
    Array.from({ length: 30 }, (_, sequence) => logEvent({ time: TIME, sequence, body: { large } })),
  );

  const first = await client.page('9'.padEnd(56, '0'));
  const second = await client.page(ids[first.entries.length - 1] ?? '');

  expect(first).toMatchObject({ taken: 10, bytes: expect.any(Number) });
  expect(first.entries.map(idOf)).toEqual(ids.slice(0, 10));
  expect(second.taken).toBeLessThanOrEqual(6);
  expect(second.entries[0]).toMatchObject({ log_id: ids[10] });
});

it('a position that Auth0 refuses, and a tenant that does not answer', async () => {
  const { client, tenant } = await world(1);

  await expect(client.page('0')).rejects.toMatchObject({ reason: 'auth0.request', status: 400 });
  await tenant.stop();

  await expect(client.page('9'.padEnd(56, '0'))).rejects.toMatchObject({ reason: 'auth0.unavailable' });
});
