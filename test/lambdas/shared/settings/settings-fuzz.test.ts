import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';
import type { Parsed } from '../../../../lambdas/shared/settings/setting.ts';
import { parseWebhookSettings } from '../../../../lambdas/shared/settings/webhook-settings.ts';

const AUTH0_KEYS = [
  'AUTH0_DOMAIN',
  'AUTH0_CLIENT_ID',
  'AUTH0_CLIENT_SECRET',
  'AUTH0_API_ENDPOINTS',
  'AUTH0_API_METHODS',
  'AUTH0_LOG_TYPES',
  'AUTH0_EXCLUDE_CLIENTS',
  'START_FROM',
  'SETTLE_SECONDS',
  'AUTH0_LOG_RETENTION_DAYS',
  'PAYLOAD',
  'REDACT',
];
const WEBHOOK_KEYS = [
  'WEBHOOK_URL',
  'WEBHOOK_ALLOW_HTTP',
  'WEBHOOK_ALLOW_PRIVATE',
  'WEBHOOK_AUTHORIZATION',
  'WEBHOOK_HEADERS',
  'WEBHOOK_SIGNING_SECRET',
  'WEBHOOK_TIMEOUT_SECONDS',
  'SEND_AS_BATCH',
  'WEBHOOK_CA',
  'WEBHOOK_CLIENT_CERT',
  'WEBHOOK_CLIENT_KEY',
];
const MARK = 'MARKED-VALUE';

const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.constantFrom(
    'true',
    'constructor',
    'http://x',
    '{"a":"b"}',
    ',',
    '\u0000',
    '9'.repeat(56),
    '2026-01-01',
  ),
);

function expectNamed(parsed: Parsed<unknown>, keys: readonly string[]): void {
  if ('settings' in parsed) return;
  expect(parsed.faults.length).toBeGreaterThan(0);
  for (const { key, expected } of parsed.faults) {
    expect([...keys, '(the secret)']).toContain(key);
    expect(expected).not.toBe('');
  }
}

const parsers: [string, (secret: string) => Parsed<unknown>, string[]][] = [
  ['auth0', parseAuth0Settings, AUTH0_KEYS],
  ['webhook', parseWebhookSettings, WEBHOOK_KEYS],
];

test.each(parsers)('%s: any values give settings or named faults', (_, parse, keys) => {
  const secret = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: keys.length });
  fc.assert(
    fc.property(secret, (values) => expectNamed(parse(JSON.stringify(values)), keys)),
    { numRuns: 500 },
  );
});

test.each(parsers)('%s: any text as the secret gives settings or named faults', (_, parse, keys) => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (secret) => expectNamed(parse(secret), keys)));
});

test.each(parsers)('%s: no fault repeats a value', (_, parse, keys) => {
  const wrong: unknown[] = [`${MARK} ü`, `{"${MARK}":1}`, [MARK], { [MARK]: MARK }, { toString: MARK }];
  for (const key of keys) {
    for (const one of wrong) {
      const parsed = parse(JSON.stringify({ [key]: one }));
      if ('faults' in parsed) expect(JSON.stringify(parsed.faults)).not.toContain('MARKED');
    }
  }
});

test.each(parsers)('%s: a value of a wrong type is told what was expected', (_, parse, keys) => {
  const parsed = parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, ['list']]))));
  const faults = 'faults' in parsed ? parsed.faults : [];
  expect(faults.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  for (const { expected } of faults) expect(expected).not.toMatch(/invalid/i);
});
