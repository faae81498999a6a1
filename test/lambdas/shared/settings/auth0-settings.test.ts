import { describe, expect, it } from 'vitest';
import { parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';
import { parsedWith } from './parsed-with.ts';

const REQUIRED = {
  AUTH0_DOMAIN: 'example.eu.auth0.com',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: 'secret',
};

const { parse, faultyKeys, settings } = parsedWith(parseAuth0Settings, REQUIRED);

it('defaults', () => {
  expect(settings({})).toEqual({
    connection: {
      domain: 'example.eu.auth0.com',
      audience: 'https://example.eu.auth0.com/api/v2/',
      tenant: 'example.eu.auth0.com',
      clientId: 'client',
      clientSecret: 'secret',
    },
    filter: { endpoints: [], methods: [], logTypes: ['sapi', 'fapi'], excludedClients: ['client'] },
    body: { payload: 'compact', redact: [] },
    startFrom: { kind: 'latest' },
    settleSeconds: 5,
    retentionDays: 1,
  });
});

it.each([
  ['AUTH0_DOMAIN', ' https://Example.eu.auth0.com/ ', { connection: { domain: 'example.eu.auth0.com' } }],
  ['AUTH0_DOMAIN', 'localhost:8443', { connection: { domain: 'localhost:8443' } }],
  [
    'AUTH0_API_ENDPOINTS',
    ' users , organizations/*/members,',
    { filter: { endpoints: [['users'], ['organizations', '*', 'members']] } },
  ],
  ['AUTH0_API_ENDPOINTS', '/api/v2/users/, api/v2/roles', { filter: { endpoints: [['users'], ['roles']] } }],
  ['AUTH0_API_ENDPOINTS', 'users/auth0%7C1', { filter: { endpoints: [['users', 'auth0|1']] } }],
  ['AUTH0_API_METHODS', 'POST, patch', { filter: { methods: ['post', 'patch'] } }],
  ['AUTH0_LOG_TYPES', 'sapi, mgmt_api_read', { filter: { logTypes: ['sapi', 'mgmt_api_read'] } }],
  ['AUTH0_EXCLUDE_CLIENTS', 'a, b', { filter: { excludedClients: ['a', 'b', 'client'] } }],
  ['START_FROM', 'earliest', { startFrom: { kind: 'earliest' } }],
  [
    'START_FROM',
    '2026-11-23T09:00:00+01:00',
    { startFrom: { kind: 'time', time: Date.UTC(2026, 10, 23, 8) } },
  ],
  ['START_FROM', '2026-11-23', { startFrom: { kind: 'time', time: Date.UTC(2026, 10, 23) } }],
  ['START_FROM', '9'.repeat(56), { startFrom: { kind: 'log_id', logId: '9'.repeat(56) } }],
  ['SETTLE_SECONDS', '0', { settleSeconds: 0 }],
  ['SETTLE_SECONDS', 30, { settleSeconds: 30 }],
  ['AUTH0_LOG_RETENTION_DAYS', '30', { retentionDays: 30 }],
  ['PAYLOAD', 'full', { body: { payload: 'full' } }],
  [
    'REDACT',
    'request.body.email, request . ip',
    {
      body: {
        redact: [
          ['request', 'body', 'email'],
          ['request', 'ip'],
        ],
      },
    },
  ],
  ['REDACT', '', { body: { redact: [] } }],
  ['START_FROM', null, { startFrom: { kind: 'latest' } }],
])('%s: %j', (key, value, expected) => {
  expect(settings({ [key]: value })).toMatchObject(expected);
});

describe('is refused by its key', () => {
  it.each([
    ['AUTH0_DOMAIN', 'https://example.auth0.com/api'],
    ['AUTH0_DOMAIN', 'example auth0 com'],
    ['AUTH0_DOMAIN', 'user@example.auth0.com'],
    ['AUTH0_DOMAIN', 'example.auth0.com:99999'],
    ['AUTH0_CLIENT_ID', 'two words'],
    ['AUTH0_CLIENT_SECRET', ''],
    ['AUTH0_API_ENDPOINTS', 'https://example.auth0.com/api/v2/users'],
    ['AUTH0_API_ENDPOINTS', 'users, GET users'],
    ['AUTH0_API_ENDPOINTS', 'users?page=1'],
    ['AUTH0_API_ENDPOINTS', 'user*'],
    ['AUTH0_API_ENDPOINTS', '/api/v2'],
    ['AUTH0_API_ENDPOINTS', 'organizations/:id/members'],
    ['AUTH0_API_ENDPOINTS', 'organizations/{id}/members'],
    ['AUTH0_API_METHODS', 'POST, HEAD'],
    ['AUTH0_LOG_TYPES', 'sapi fapi'],
    ['AUTH0_LOG_TYPES', ','],
    ['START_FROM', 'yesterday'],
    ['START_FROM', '2026-11-23T09:00'],
    ['START_FROM', '900'],
    ['SETTLE_SECONDS', '-1'],
    ['SETTLE_SECONDS', '1.5'],
    ['SETTLE_SECONDS', '301'],
    ['AUTH0_LOG_RETENTION_DAYS', '0'],
    ['PAYLOAD', 'Compact, please'],
    ['REDACT', 'a..b'],
  ])('%s: %j', (key, value) => {
    expect(faultyKeys({ [key]: value })).toEqual([key]);
  });
});

it('all faults are named at once', () => {
  const wrong = { AUTH0_DOMAIN: '/', AUTH0_CLIENT_ID: '', PAYLOAD: 'x', SETTLE_SECONDS: 'x', REDACT: '.' };

  expect(faultyKeys(wrong).toSorted()).toEqual(Object.keys(wrong).toSorted());
});

it('unset keys of a fresh deployment are missing, not wrong', () => {
  const missing = { AUTH0_DOMAIN: '', AUTH0_CLIENT_ID: '', AUTH0_CLIENT_SECRET: '' };

  expect(parse(missing)).toMatchObject({ missing: true });
  expect(parse({ ...missing, AUTH0_DOMAIN: '/' })).toMatchObject({ missing: false });
  expect(parse({ PAYLOAD: 'x' })).toMatchObject({ missing: false });
});

it.each(['', 'not json', '[]', '"text"', 'null', '12'])('a secret that is %j is one fault', (secret) => {
  expect(parseAuth0Settings(secret)).toMatchObject({ faults: [{ key: '(the secret)' }], missing: false });
});
