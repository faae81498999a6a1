import { describe, expect, it } from 'vitest';
import { parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';
import type { Parsed } from '../../../../lambdas/shared/settings/setting.ts';
import { tellOddities } from '../../../../lambdas/shared/settings/tell-faults.ts';
import { parseWebhookSettings } from '../../../../lambdas/shared/settings/webhook-settings.ts';
import { SIGNING_SECRET } from '../../../support/settings.ts';
import { keptLog } from '../../../support/told.ts';

const WEBHOOK = { WEBHOOK_URL: 'https://example.com/', WEBHOOK_SIGNING_SECRET: SIGNING_SECRET };
const webhook = (values: object) => parseWebhookSettings(JSON.stringify({ ...WEBHOOK, ...values }));
const settingsOf = <T>(parsed: Parsed<T>): T => {
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  return parsed.settings;
};

describe('values as they stand in the plaintext tab', () => {
  it.each([
    [{ WEBHOOK_HEADERS: { 'X-Tenant': 'eu', 'x-version': 2, 'x-on': true } }],
    [{ WEBHOOK_HEADERS: '{"X-Tenant":"eu","x-version":2,"x-on":true}' }],
  ])('%j are headers', (values) => {
    expect(settingsOf(webhook(values)).headers).toEqual({
      'x-tenant': 'eu',
      'x-version': '2',
      'x-on': 'true',
    });
  });

  it('takes numbers and booleans as such', () => {
    const values = { WEBHOOK_TIMEOUT_SECONDS: 7, SEND_AS_BATCH: true, WEBHOOK_ALLOW_PRIVATE: false };

    expect(settingsOf(webhook(values))).toMatchObject({
      timeoutSeconds: 7,
      sendAsBatch: true,
      allowPrivate: false,
    });
  });
});

describe('a URL without a scheme', () => {
  it.each([
    ['localhost:3000/hook', 'http://localhost:3000/hook'],
    ['localhost/hook', 'http://localhost/hook'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['receiver:8080/hook', 'http://receiver:8080/hook'],
    ['example.com/hook', 'https://example.com/hook'],
    ['hooks.example.com:8443', 'https://hooks.example.com:8443'],
    ['hooks.example.com/services/T01/B02/s3cr3t', 'https://hooks.example.com/…'],
    ['example.com/hook?token=MARKED', 'https://example.com/hook'],
  ])('%s: did you mean %s?', (url, meant) => {
    const parsed = webhook({ WEBHOOK_URL: url });

    const [fault] = 'faults' in parsed ? parsed.faults : [];

    expect(fault).toEqual({
      key: 'WEBHOOK_URL',
      expected: expect.stringContaining(`this one has no scheme, did you mean ${meant}?`),
    });
    expect(fault?.expected).not.toMatch(/MARKED|s3cr3t/);
  });

  it.each(['MARKED', 'ftp://example.com/', 'user:MARKED@example.com', 'MARKED MARKED', 'http//x'])(
    'repeats nothing of %s',
    (url) => {
      const parsed = webhook({ WEBHOOK_URL: url });

      expect(JSON.stringify(parsed)).toContain('an https URL without user name or fragment');
      expect(JSON.stringify(parsed)).not.toContain('MARKED');
    },
  );
});

describe('a key that no setting has', () => {
  const unknownOf = (parsed: Parsed<unknown>) =>
    parsed.unknown?.map(({ key, expected }) => `${key}: ${expected}`);

  it('is told with the nearest one, in both secrets, also beside faults', () => {
    const auth0 = parseAuth0Settings(
      JSON.stringify({ AUTH0_API_ENDPOINT: 'users', REDACTED: 'x', WEBHOOK_URL: 'x', redact: 'x' }),
    );
    const ofWebhook = webhook({ WEBHOOK_AUTHORISATION: 'MARKED', AUTH0_DOMAIN: 'x' });

    expect(unknownOf(auth0)).toEqual([
      'AUTH0_API_ENDPOINT: no setting has this key; did you mean AUTH0_API_ENDPOINTS?',
      'REDACTED: no setting has this key; did you mean REDACT?',
      'WEBHOOK_URL: no setting has this key here; it may belong into the secret of the webhook',
      'redact: no setting has this key; did you mean REDACT?',
    ]);
    expect(unknownOf(ofWebhook)).toEqual([
      'WEBHOOK_AUTHORISATION: no setting has this key; did you mean WEBHOOK_AUTHORIZATION?',
      'AUTH0_DOMAIN: no setting has this key here; it may belong into the secret of Auth0',
    ]);
  });

  it.each([
    ['WEBHOOK_TIMEOUT', 'WEBHOOK_TIMEOUT_SECONDS'],
    ['webhook-secret', 'WEBHOOK_SIGNING_SECRET'],
    ['WEBHOOK_MAX', 'WEBHOOK_MAX_PER_SECOND'],
  ])('%s is told the one setting that has its words: %s', (key, meant) => {
    expect(unknownOf(webhook({ [key]: 'x' }))).toEqual([
      `${key}: no setting has this key; did you mean ${meant}?`,
    ]);
  });

  it('is not said to belong into the secret in which it is', () => {
    expect(unknownOf(webhook({ WEBHOOK_WHATEVER: 'x' }))).toEqual([
      'WEBHOOK_WHATEVER: no setting has this key',
    ]);
  });

  it('is not repeated when it may be a secret in the wrong place', () => {
    const parsed = webhook({ sk_live_4f9a8b7c6d5e: 'WEBHOOK_AUTHORIZATION', 'Bearer x': 'y' });

    expect(JSON.stringify(parsed)).not.toMatch(/sk_live|Bearer/);
    expect(parsed.unknown).toHaveLength(2);
  });

  it('is told once for each reading of the settings', () => {
    const told = keptLog();
    const parsed = webhook({ REDACTED: 'x' });

    tellOddities(told.tell, 'hooks/webhook', parsed);
    tellOddities(told.tell, 'hooks/webhook', parsed);
    tellOddities(told.tell, 'hooks/webhook', webhook({}));
    tellOddities(told.tell, 'hooks/webhook', webhook({ REDACTED: 'y' }));

    expect(told.lines.map(({ event }) => event)).toEqual(['settings.unknown', 'settings.unknown']);
  });
});
