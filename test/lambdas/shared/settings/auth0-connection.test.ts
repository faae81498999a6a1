import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';

const SECRET = { AUTH0_DOMAIN: 'example.eu.auth0.com', AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
const parse = (values: Readonly<Record<string, string>>) =>
  parseAuth0Settings(JSON.stringify({ ...SECRET, ...values }));
const connectionOf = (values: Readonly<Record<string, string>>) => {
  const parsed = parse(values);
  return 'settings' in parsed ? parsed.settings.connection : parsed.faults;
};
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey;

describe('AUTH0_DOMAIN', () => {
  it.each([
    'example.eu.auth0.com',
    'https://example.eu.auth0.com/',
    'HTTPS://Example.eu.auth0.com',
    'example.eu.auth0.com/',
  ])('%s is taken', (domain) => {
    expect(connectionOf({ AUTH0_DOMAIN: domain })).toMatchObject({ domain: 'example.eu.auth0.com' });
  });

  it.each(['example', 'https://example/', 'example:443', 'http://example.eu.auth0.com', 'x.auth0.com/login'])(
    '%s is a fault',
    (domain) => {
      expect(connectionOf({ AUTH0_DOMAIN: domain })).toMatchObject([{ key: 'AUTH0_DOMAIN' }]);
    },
  );
});

describe('AUTH0_AUDIENCE', () => {
  it("is that of AUTH0_DOMAIN when it is not set, and names the tenant's log", () => {
    expect(connectionOf({})).toMatchObject({
      audience: 'https://example.eu.auth0.com/api/v2/',
      tenant: 'example.eu.auth0.com',
    });
  });

  it.each([
    'https://example.eu.auth0.com/api/v2/',
    'https://example.eu.auth0.com/api/v2',
    'https://example.eu.auth0.com/',
    'Example.eu.auth0.com',
  ])('%s stands beside a custom domain', (audience) => {
    expect(connectionOf({ AUTH0_DOMAIN: 'login.example.com', AUTH0_AUDIENCE: audience })).toEqual({
      domain: 'login.example.com',
      audience: 'https://example.eu.auth0.com/api/v2/',
      tenant: 'example.eu.auth0.com',
      clientId: 'id',
      clientSecret: 'secret',
    });
  });

  it.each(['https://example.eu.auth0.com/api/v3/', 'urn:my-api', 'http://example.eu.auth0.com/api/v2/'])(
    '%s is a fault',
    (audience) => {
      expect(connectionOf({ AUTH0_AUDIENCE: audience })).toMatchObject([{ key: 'AUTH0_AUDIENCE' }]);
    },
  );
});

describe('AUTH0_PRIVATE_KEY', () => {
  const key = rsa(2_048);
  const pem = (type: 'pkcs8' | 'pkcs1') => String(key.export({ type, format: 'pem' }));

  it.each(['pkcs8', 'pkcs1'] as const)('is taken in the form %s, and becomes PKCS#8', (type) => {
    const connection = connectionOf({ AUTH0_CLIENT_SECRET: '', AUTH0_PRIVATE_KEY: pem(type) });

    if (!('clientAssertionSigningKey' in connection)) throw new Error(JSON.stringify(connection));

    expect(connection).not.toHaveProperty('clientSecret');
    expect(connection.clientAssertionSigningKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(createPrivateKey(connection.clientAssertionSigningKey).equals(key)).toBe(true);
  });

  it('and AUTH0_CLIENT_SECRET exclude each other, and one is needed', () => {
    expect(connectionOf({ AUTH0_PRIVATE_KEY: pem('pkcs8') })).toMatchObject([{ key: 'AUTH0_PRIVATE_KEY' }]);
    expect(connectionOf({ AUTH0_CLIENT_SECRET: '' })).toMatchObject([
      { key: 'AUTH0_CLIENT_SECRET', expected: expect.stringContaining('AUTH0_PRIVATE_KEY') },
    ]);
  });

  it('that is too short, of another kind, encrypted or no key is a fault', () => {
    const passphrase = { cipher: 'aes-256-cbc', passphrase: 'x' } as const;
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const fault = (text: unknown) =>
      connectionOf({ AUTH0_CLIENT_SECRET: '', AUTH0_PRIVATE_KEY: String(text) });

    expect(fault(rsa(1_024).export({ type: 'pkcs8', format: 'pem' }))).toMatchObject([
      { key: 'AUTH0_PRIVATE_KEY' },
    ]);
    expect(fault(other.export({ type: 'pkcs8', format: 'pem' }))).toMatchObject([
      { key: 'AUTH0_PRIVATE_KEY' },
    ]);
    expect(fault('no key')).toMatchObject([{ key: 'AUTH0_PRIVATE_KEY' }]);
    expect(fault(key.export({ type: 'pkcs8', format: 'pem', ...passphrase }))).toMatchObject([
      { key: 'AUTH0_PRIVATE_KEY', expected: expect.stringContaining('encrypted') },
    ]);
  });
});
