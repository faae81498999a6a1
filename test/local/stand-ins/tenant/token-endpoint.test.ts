import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { createManagementAuth } from 'auth0/management';
import { describe, expect, it } from 'vitest';
import { askForToken, call, NOW, tenantAtNow, tokenOf } from './tenant-client.ts';

const logs = '/api/v2/logs?from=&take=1';

describe('POST /oauth/token', () => {
  it('answers a token that opens the log', async () => {
    const tenant = await tenantAtNow();

    const { status, text } = await askForToken(tenant);
    const token = JSON.parse(text);
    const page = await call(tenant, logs, { headers: { authorization: `Bearer ${token.access_token}` } });

    expect(status).toBe(200);
    expect(token).toMatchObject({ expires_in: 86_400, scope: 'read:logs', token_type: 'Bearer' });
    expect(page.status).toBe(200);
  });

  it('takes JSON as well as a form', async () => {
    const tenant = await tenantAtNow({ clientId: 'me', clientSecret: 'secret' });
    const audience = `https://${tenant.domain}/api/v2/`;
    const grant = { grant_type: 'client_credentials', client_id: 'me', client_secret: 'secret', audience };

    const headers = { 'content-type': 'application/json' };
    const answer = await call(tenant, '/oauth/token', {
      method: 'POST',
      headers,
      body: JSON.stringify(grant),
    });

    expect(answer.status).toBe(200);
  });

  it('serves the SDK that the poller uses', async () => {
    const { domain, clientId, clientSecret, caFile, requests } = await tenantAtNow();
    tls.setDefaultCACertificates([...tls.getCACertificates(), await readFile(caFile, 'utf8')]);

    const auth = createManagementAuth({ domain, clientId, clientSecret });
    const headers = { authorization: `Bearer ${await auth.getToken()}` };
    const response = await fetch(`${auth.baseUrl}/logs?from=&take=1`, { headers });

    expect(await response.json()).toEqual([]);
    expect(requests()).toMatchObject({ token: 1, tokensIssued: 1, logs: 1, pages: 1 });
  });

  it.each<Record<string, string>>([{ client_secret: 'wrong' }, { client_id: 'somebody' }])(
    'refuses a client that it does not know: %o',
    async (fields) => {
      const { status, text } = await askForToken(await tenantAtNow(), fields);

      expect(status).toBe(401);
      expect(JSON.parse(text)).toEqual({ error: 'access_denied', error_description: 'Unauthorized' });
    },
  );

  it('refuses another grant and another audience', async () => {
    const tenant = await tenantAtNow();

    const password = await askForToken(tenant, { grant_type: 'password' });
    const elsewhere = await askForToken(tenant, { audience: 'https://elsewhere.example.com/' });

    expect([password.status, elsewhere.status]).toEqual([403, 403]);
    expect(JSON.parse(password.text)).toMatchObject({ error: 'unsupported_grant_type' });
    expect(tenant.requests().tokensIssued).toBe(0);
  });

  it('accepts only the new secret after a rotation', async () => {
    const tenant = await tenantAtNow({ clientSecret: 'old' });
    tenant.rotateClientSecret('new');

    expect((await askForToken(tenant, { client_secret: 'old' })).status).toBe(401);
    expect((await askForToken(tenant, { client_secret: 'new' })).status).toBe(200);
  });
});

describe('private-key JWT', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

  /** What the SDK that the poller uses gets with that key. */
  async function tokenBy(clientAssertionSigningKey: string, clientAssertionSigningAlg: string) {
    const { domain, clientId, caFile } = await tenantAtNow({ publicKey, now: Date.now });
    tls.setDefaultCACertificates([...tls.getCACertificates(), await readFile(caFile, 'utf8')]);
    return createManagementAuth({
      domain,
      clientId,
      clientAssertionSigningKey,
      clientAssertionSigningAlg,
    }).getToken();
  }

  it.each(['RS256', 'RS512', 'PS256'])('takes an assertion of the SDK, signed by %s', async (algorithm) => {
    expect(await tokenBy(privateKey, algorithm)).toMatch(/^simulated-token-/);
  });

  it('refuses another key, and the secret', async () => {
    const wrong = other.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

    await expect(tokenBy(wrong, 'RS256')).rejects.toMatchObject({ statusCode: 401 });
    expect((await askForToken(await tenantAtNow({ publicKey }))).status).toBe(401);
  });
});

describe('audience', () => {
  it('may be another than the domain', async () => {
    const audience = 'https://harbour-works.eu.auth0.com/api/v2/';
    const tenant = await tenantAtNow({ audience });

    const own = await askForToken(tenant);
    const canonical = await askForToken(tenant, { audience });

    expect([own.status, canonical.status]).toEqual([403, 200]);
    expect(JSON.parse(own.text)).toEqual({
      error: 'access_denied',
      error_description: `Service not enabled within domain: https://${tenant.domain}/api/v2/`,
    });
  });
});

describe('token quota', () => {
  it('tells what is left, refuses with retry-after, and opens with the hour', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ tokenQuota: { perHour: 2, perDay: 50 }, now: () => now });

    const first = await askForToken(tenant);
    await askForToken(tenant);
    const third = await askForToken(tenant);
    now += Number(third.headers['retry-after']) * 1000;
    const later = await askForToken(tenant);

    expect(first.headers['auth0-client-quota-limit']).toBe(
      'b=per_hour;q=2;r=1;t=3233,b=per_day;q=50;r=49;t=68033',
    );
    expect(third.status).toBe(429);
    expect(third.headers['retry-after']).toBe('3233');
    expect(later.status).toBe(200);
    expect(tenant.requests()).toMatchObject({ token: 4, tokensIssued: 3, rateLimited: 1 });
  });
});

describe('a token', () => {
  it('expires', async () => {
    let now = NOW;
    const tenant = await tenantAtNow({ tokenSeconds: 60, now: () => now });
    const headers = { authorization: `Bearer ${await tokenOf(tenant)}` };

    now += 59_000;

    expect((await call(tenant, logs, { headers })).status).toBe(200);
    now += 1_000;

    expect((await call(tenant, logs, { headers })).status).toBe(401);
  });

  it('is worth nothing when it was revoked, made up or left out', async () => {
    const tenant = await tenantAtNow();
    const revoked = await tokenOf(tenant);
    tenant.revokeTokens();

    const answers = [
      await call(tenant, logs, { headers: { authorization: `Bearer ${revoked}` } }),
      await call(tenant, logs, { headers: { authorization: 'Bearer made-up' } }),
    ];
    const without = await call(tenant, logs);

    for (const { status, text } of answers) {
      expect(status).toBe(401);
      expect(JSON.parse(text)).toEqual({ statusCode: 401, error: 'Unauthorized', message: 'Invalid token' });
    }

    expect(without.status).toBe(401);
    expect(
      (await call(tenant, logs, { headers: { authorization: `Bearer ${await tokenOf(tenant)}` } })).status,
    ).toBe(200);
  });

  it('without read:logs is forbidden to read, and told the scope', async () => {
    const tenant = await tenantAtNow({ scope: 'read:users' });
    const headers = { authorization: `Bearer ${await tokenOf(tenant)}` };

    const { status, text } = await call(tenant, logs, { headers });

    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      errorCode: 'insufficient_scope',
      message: expect.stringContaining('read:logs'),
    });
  });
});
