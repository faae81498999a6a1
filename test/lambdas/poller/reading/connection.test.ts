import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogClient } from '../../../../lambdas/poller/reading/log-client.ts';
import type { TenantOptions } from '../../../../local/stand-ins/tenant/tenant-options.ts';
import { logEvent } from '../../../support/log-event.ts';
import { connectionTo } from '../../../support/settings.ts';
import { tenantForTest } from '../../../support/tenant.ts';

const FIRST = '9'.padEnd(56, '0');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const publicKey = String(rsa.publicKey.export({ type: 'spki', format: 'pem' }));

/** Reads one page of a simulated tenant's log with these settings. */
async function read(options: Partial<TenantOptions>, more?: Readonly<Record<string, string>>) {
  const tenant = await tenantForTest(options);
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, await readFile(tenant.caFile, 'utf8')]);
  onTestFinished(() => setDefaultCACertificates(before));
  tenant.append([logEvent({ time: Date.now() - 3_600_000 })]);
  const client = createLogClient(connectionTo(tenant, more), async () => {});
  return await client.page(FIRST).then(
    ({ entries }) => entries.length,
    (error: unknown) => error,
  );
}

describe('a private key instead of a client secret', () => {
  it.each(['pkcs8', 'pkcs1'] as const)('signs in, also on one line (%s)', async (type) => {
    const pem = String(rsa.privateKey.export({ type, format: 'pem' }));

    expect(await read({ publicKey }, { AUTH0_PRIVATE_KEY: pem })).toBe(1);
    expect(await read({ publicKey }, { AUTH0_PRIVATE_KEY: pem.replaceAll('\n', ' ') })).toBe(1);
  });

  it('that is another one is refused, and both ways are named', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    const pem = String(other.export({ type: 'pkcs8', format: 'pem' }));

    expect(await read({ publicKey }, { AUTH0_PRIVATE_KEY: pem })).toMatchObject({
      reason: 'auth0.credentials',
      message: expect.stringContaining('AUTH0_PRIVATE_KEY'),
    });
  });
});

describe('a tenant whose host has another name than its Management API', () => {
  const audience = 'https://example.eu.auth0.com/api/v2/';
  const secret = { clientId: 'client', clientSecret: 'secret' };

  it('is read with AUTH0_AUDIENCE', async () => {
    const more = { AUTH0_CLIENT_SECRET: 'secret', AUTH0_AUDIENCE: 'example.eu.auth0.com' };

    expect(await read({ ...secret, audience }, more)).toBe(1);
  });

  it('without it says so, and what to set', async () => {
    expect(await read({ ...secret, audience })).toMatchObject({
      reason: 'auth0.credentials',
      status: 403,
      message: expect.stringMatching(/AUTH0_DOMAIN.*AUTH0_AUDIENCE/),
    });
  });
});
