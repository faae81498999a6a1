import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { webhookFields } from '../../infra/config-fields.ts';
import { AUTH0_KEYS, parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import { parseWebhookSettings, WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { SIGNING_SECRET } from '../support/settings.ts';

const PAGE = readFileSync('docs/settings.md', 'utf8');

/** Key, default and meaning of each row of the table below a heading. */
function rowsBelow(heading: string) {
  const [, after = ''] = PAGE.split(`\n${heading}\n`);
  const [table = ''] = (after.split(/^#/m)[0] ?? '')
    .split(/\n\n(?!\|)/)
    .filter((part) => part.includes('|---'));
  return table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | '))
    .map(([keys = '', standard = '']) => ({
      keys: [...keys.matchAll(/`(\w+)`/g)].map(([, key = '']) => key),
      defaults: standard.split(', ').map((text) => text.replaceAll('`', '')),
    }));
}

const keysBelow = (heading: string) =>
  rowsBelow(heading)
    .flatMap(({ keys }) => keys)
    .toSorted();

/** Each key with the default that the table gives. */
function defaultsBelow(heading: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rowsBelow(heading).flatMap(({ keys, defaults }) =>
      keys.map((key, index) => [key, defaults[index] ?? defaults[0] ?? '']),
    ),
  );
}

const AUTH0 = '### `<name>/auth0`: what is read';
const WEBHOOK = '### `<name>/webhook`: where it goes';
const STACK = '## In `cdk.json`';

describe('docs/settings.md has every key, and no other', () => {
  it('of the secret of the poller', () => {
    expect(keysBelow(AUTH0)).toEqual(AUTH0_KEYS.toSorted());
  });

  it('of the secret of the delivery function', () => {
    expect(keysBelow(WEBHOOK)).toEqual(WEBHOOK_KEYS.toSorted());
  });

  it('of cdk.json', () => {
    expect(keysBelow(STACK)).toEqual([...Object.keys(webhookFields.shape), 'webhooks'].toSorted());
  });
});

describe('docs/settings.md tells the defaults that the code has', () => {
  it('in the secret of the poller', () => {
    const parsed = parseAuth0Settings(
      '{"AUTH0_DOMAIN":"a.eu.auth0.com","AUTH0_CLIENT_ID":"a","AUTH0_CLIENT_SECRET":"a"}',
    );

    const told = defaultsBelow(AUTH0);

    expect('settings' in parsed && parsed.settings).toMatchObject({
      filter: { endpoints: [], methods: [], logTypes: ['sapi', 'fapi'] },
      startFrom: { kind: told.START_FROM },
      settleSeconds: Number(told.SETTLE_SECONDS),
      retentionDays: Number(told.AUTH0_LOG_RETENTION_DAYS),
      body: { payload: told.PAYLOAD, redact: [] },
    });
    expect(PAGE).toContain('| `AUTH0_LOG_TYPES` | `sapi,fapi` |');
  });

  it('in the secret of the delivery function', () => {
    const parsed = parseWebhookSettings(
      JSON.stringify({ WEBHOOK_URL: 'https://example.com', WEBHOOK_SIGNING_SECRET: SIGNING_SECRET }),
    );

    const told = defaultsBelow(WEBHOOK);

    expect('settings' in parsed && parsed.settings).toMatchObject({
      timeoutSeconds: Number(told.WEBHOOK_TIMEOUT_SECONDS),
      allowPrivate: told.WEBHOOK_ALLOW_PRIVATE === 'true',
      sendAsBatch: told.SEND_AS_BATCH === 'true',
      mostPerSecond: told.WEBHOOK_MAX_PER_SECOND === 'none' ? 0 : Number.NaN,
    });
  });

  it('in cdk.json', () => {
    const { retryWindow, lagLimit, ...rest } = webhookFields.parse({});

    const told = defaultsBelow(STACK);
    const plain = [
      'name',
      'schedule',
      'pollEverySeconds',
      'concurrentCalls',
      'reserveConcurrency',
      'monitoring',
    ];
    for (const [key, value] of Object.entries(rest).filter(([name]) => plain.includes(name)))
      expect([key, told[key]]).toEqual([key, String(value)]);

    expect(webhookFields.parse({ retryWindow: told.retryWindow, lagLimit: told.lagLimit })).toMatchObject({
      retryWindow,
      lagLimit,
    });
    expect([told.logRetentionDays, told.memory]).toEqual([
      String(rest.logRetentionDays),
      String(rest.memory),
    ]);
  });
});
