import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWebhookClient } from '../../../../lambdas/deliverer/webhook-client.ts';
import { AUTH0_KEYS, parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';
import type { Parsed } from '../../../../lambdas/shared/settings/setting.ts';
import { parseWebhookSettings, WEBHOOK_KEYS } from '../../../../lambdas/shared/settings/webhook-settings.ts';
import { httpAnswer, rawServer } from '../../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../../support/settings.ts';

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

const parsers: [string, (secret: string) => Parsed<unknown>, readonly string[]][] = [
  ['auth0', parseAuth0Settings, AUTH0_KEYS],
  ['webhook', parseWebhookSettings, WEBHOOK_KEYS],
];

it.each(parsers)('%s: any values give settings or named faults', (_, parse, keys) => {
  const secret = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: keys.length });
  fc.assert(
    fc.property(secret, (values) => expectNamed(parse(JSON.stringify(values)), keys)),
    { numRuns: 500 },
  );
});

it('webhook: good settings with one or two other values give named faults, or settings that work', async () => {
  const server = await rawServer((socket) => socket.write(httpAnswer(200)));
  const good = {
    WEBHOOK_URL: `http://127.0.0.1:${server.port}/`,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
  };
  const others = WEBHOOK_KEYS.filter((key) => key !== 'WEBHOOK_URL');
  const likely = fc.oneof(
    value,
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }),
    fc
      .dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme-ascii' }))
      .map((o) => JSON.stringify(o)),
    fc.uint8Array({ minLength: 20, maxLength: 70 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    fc.integer({ min: 0, max: 40 }).map(String),
  );
  let used = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...others), likely, { minKeys: 1, maxKeys: 2 }),
      async (changed) => {
        const parsed = parseWebhookSettings(JSON.stringify({ ...good, ...changed }));
        expectNamed(parsed, WEBHOOK_KEYS);
        if ('faults' in parsed) return;
        used++;
        const outcome = await createWebhookClient(parsed.settings, 1, Date.now).attempt('900', '{}');
        expect(outcome.kind === 'delivered' || outcome.reason === 'private-address').toBe(true);
      },
    ),
    { numRuns: 500, seed: 20_261_125 },
  );

  expect(used).toBeGreaterThan(30);
});

it.each(parsers)('%s: any text as the secret gives settings or named faults', (_, parse, keys) => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (secret) => expectNamed(parse(secret), keys)));
});

it.each(parsers)('%s: no fault repeats a value', (_, parse, keys) => {
  const wrong: unknown[] = [`${MARK} ü`, `{"${MARK}":1}`, [MARK], { [MARK]: MARK }, { toString: MARK }];
  for (const key of keys) {
    for (const one of wrong) {
      const parsed = parse(JSON.stringify({ [key]: one }));
      if ('faults' in parsed) expect(JSON.stringify(parsed.faults)).not.toContain('MARKED');
    }
  }
});

it.each(parsers)('%s: a value of a wrong type is told what was expected', (_, parse, keys) => {
  const parsed = parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, ['list']]))));
  const faults = 'faults' in parsed ? parsed.faults : [];

  expect(faults.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  for (const { expected } of faults) expect(expected).not.toMatch(/invalid/i);
});

it.each(parsers)(
  '%s: a secret in the place of a key, and a URL with a token in it, are not repeated',
  (_, parse) => {
    const token = fc
      .string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 30 })
      .map((text) => `s3cret${text}`);
    const url = fc
      .tuple(fc.domain(), fc.constantFrom('/', '/hook/', '?token=', '/hook?a=', ':8080/', '@'), token)
      .map((parts) => parts.join(''));

    fc.assert(
      fc.property(token, url, (key, address) => {
        const parsed = parse(JSON.stringify({ [key]: 'x', WEBHOOK_URL: address, AUTH0_DOMAIN: address }));

        const told = [...(parsed.unknown ?? []), ...('faults' in parsed ? parsed.faults : [])];
        expect(JSON.stringify(told)).not.toContain('s3cret');
      }),
      { numRuns: 300 },
    );
  },
);
