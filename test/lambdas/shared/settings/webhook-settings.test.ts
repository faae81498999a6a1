import { describe, expect, it } from 'vitest';
import { parseWebhookSettings } from '../../../../lambdas/shared/settings/webhook-settings.ts';
import { authority } from '../../../support/certificates.ts';
import { SIGNING_SECRET } from '../../../support/settings.ts';
import { parsedWith } from './parsed-with.ts';

const REQUIRED = { WEBHOOK_URL: 'https://example.com/hook', WEBHOOK_SIGNING_SECRET: SIGNING_SECRET };
const { parse, faultyKeys, settings } = parsedWith(parseWebhookSettings, REQUIRED);
const bytes = (count: number) => Buffer.alloc(count, 7).toString('base64');

it('defaults', () => {
  expect(settings({})).toEqual({
    url: new URL('https://example.com/hook'),
    headers: {},
    signingSecrets: [SIGNING_SECRET],
    timeoutSeconds: 15,
    allowPrivate: false,
    sendAsBatch: false,
    mostPerSecond: 0,
  });
});

it('ports, hosts, paths and queries of the URL stay as given', () => {
  expect(settings({ WEBHOOK_URL: 'https://example.com:8443/a/b?x=1' }).url.href).toBe(
    'https://example.com:8443/a/b?x=1',
  );
});

it.each([
  ['a generated secret of 64 letters and digits', 'a1B2'.repeat(16), ['a1B2'.repeat(16)]],
  ['a prefix', `whsec_${SIGNING_SECRET}`, [SIGNING_SECRET]],
  ['several while rotating', `${bytes(24)}  whsec_${bytes(64)}`, [bytes(24), bytes(64)]],
])('signing secret: %s', (_, value, secrets) => {
  expect(settings({ WEBHOOK_SIGNING_SECRET: value }).signingSecrets).toEqual(secrets);
});

it('headers are taken in lower case, the authorization among them', () => {
  const given = { WEBHOOK_AUTHORIZATION: 'Bearer x', WEBHOOK_HEADERS: '{"X-Tenant":"eu","x-b":"1"}' };

  expect(settings(given).headers).toEqual({ 'x-tenant': 'eu', 'x-b': '1', authorization: 'Bearer x' });
});

it('http is taken only when it is allowed', () => {
  expect(faultyKeys({ WEBHOOK_URL: 'http://example.com/' })).toEqual(['WEBHOOK_URL']);
  expect(settings({ WEBHOOK_URL: 'http://example.com/', WEBHOOK_ALLOW_HTTP: 'TRUE' }).url.protocol).toBe(
    'http:',
  );
});

describe('is refused by its key', () => {
  it.each([
    ['WEBHOOK_URL', 'example.com/hook'],
    ['WEBHOOK_URL', 'ftp://example.com/'],
    ['WEBHOOK_URL', 'https://user:pass@example.com/'],
    ['WEBHOOK_URL', 'https://user@example.com/'],
    ['WEBHOOK_URL', 'https://example.com/#x'],
    ['WEBHOOK_URL', 'ht\ttp://example.com/'],
    ['WEBHOOK_URL', '\u0001http://example.com/'],
    ['WEBHOOK_URL', {}],
    ['WEBHOOK_URL', { toString: 1 }],
    ['WEBHOOK_SIGNING_SECRET', bytes(23)],
    ['WEBHOOK_SIGNING_SECRET', bytes(65)],
    ['WEBHOOK_SIGNING_SECRET', 'not-base64-not-base64-not-base64!'],
    ['WEBHOOK_SIGNING_SECRET', `${bytes(32)},${bytes(32)}`],
    ['WEBHOOK_SIGNING_SECRET', 'A'.repeat(33)],
    ['WEBHOOK_AUTHORIZATION', 'a\r\nx-injected: 1'],
    ['WEBHOOK_AUTHORIZATION', 'Jürgen'],
    ['WEBHOOK_HEADERS', 'x-a: 1'],
    ['WEBHOOK_HEADERS', '[]'],
    ['WEBHOOK_HEADERS', '{"x-a":{}}'],
    ['WEBHOOK_HEADERS', ['x-a']],
    ['WEBHOOK_HEADERS', '{"x a":"1"}'],
    ['WEBHOOK_HEADERS', '{"x-a":"1\\r\\nx-b: 2"}'],
    ['WEBHOOK_HEADERS', '{"x-a\\n":"1"}'],
    ['WEBHOOK_HEADERS', '{"Webhook-Id":"1"}'],
    ['WEBHOOK_HEADERS', '{"User-Agent":"1"}'],
    ['WEBHOOK_HEADERS', '{"Host":"internal"}'],
    ['WEBHOOK_HEADERS', '{"Transfer-Encoding":"chunked"}'],
    ['WEBHOOK_HEADERS', '{"Content-Length":"0"}'],
    ['WEBHOOK_HEADERS', '{"Connection":"close"}'],
    ['WEBHOOK_HEADERS', '{"Content-Encoding":"gzip"}'],
    ['WEBHOOK_HEADERS', '{"X-A":"1","x-a":"2"}'],
    ['WEBHOOK_TIMEOUT_SECONDS', '0'],
    ['WEBHOOK_TIMEOUT_SECONDS', '31'],
    ['WEBHOOK_ALLOW_PRIVATE', 'yes'],
    ['WEBHOOK_ALLOW_PRIVATE', 'constructor'],
    ['SEND_AS_BATCH', '__proto__'],
    ['WEBHOOK_CA', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('%s: %j', (key, value) => {
    expect(faultyKeys({ [key]: value })).toEqual([key]);
  });
});

const ours = (await authority('Ours')).ca;

describe('certificates', () => {
  const begin = '-----BEGIN CERTIFICATE-----';

  it.each([
    ['one', ours],
    ['a comment, then two', `# ours, twice\n${ours}\n${ours}`],
    ['on one line, as the console keeps it', ours.replaceAll('\n', '\\n')],
  ])('%s are taken', (_, pem) => {
    expect(faultyKeys({ WEBHOOK_CA: pem })).toEqual([]);
  });

  it.each([
    ['a broken second one', `${ours}\n${begin}\nAAAA\n-----END CERTIFICATE-----`],
    ['a second one that is cut short', `${ours}\n${ours.slice(0, 200)}`],
    ['text', 'no certificate'],
  ])('%s is refused', (_, pem) => {
    expect(faultyKeys({ WEBHOOK_CA: pem })).toEqual(['WEBHOOK_CA']);
  });
});

it('all faults are named at once, those between keys too', () => {
  const wrong = { WEBHOOK_URL: 'http://example.com', WEBHOOK_SIGNING_SECRET: 'x', WEBHOOK_CLIENT_KEY: 'x' };

  expect(faultyKeys(wrong).toSorted()).toEqual([
    'WEBHOOK_CLIENT_CERT',
    'WEBHOOK_CLIENT_KEY',
    'WEBHOOK_SIGNING_SECRET',
    'WEBHOOK_URL',
  ]);
});

it('an endpoint that is not set yet is missing, not wrong', () => {
  expect(parse({ WEBHOOK_URL: '' })).toMatchObject({ faults: [{ key: 'WEBHOOK_URL' }], missing: true });
});
