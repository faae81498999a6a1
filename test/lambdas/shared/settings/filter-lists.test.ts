import { describe, expect, it } from 'vitest';
import { parseAuth0Settings } from '../../../../lambdas/shared/settings/auth0-settings.ts';
import { LOG_TYPE_GROUPS, LOG_TYPES } from '../../../../lambdas/shared/settings/log-types.ts';

const REQUIRED = {
  AUTH0_DOMAIN: 'example.eu.auth0.com',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: 'secret',
};

const parse = (keys: Record<string, string>) => parseAuth0Settings(JSON.stringify({ ...REQUIRED, ...keys }));

function settings(keys: Record<string, string>) {
  const parsed = parse(keys);
  return 'settings' in parsed ? parsed.settings : undefined;
}

function faultOf(key: string, value: string) {
  const parsed = parse({ [key]: value });
  return 'faults' in parsed ? parsed.faults : [];
}

function warningsOf(keys: Record<string, string>) {
  const parsed = parse(keys);
  return 'settings' in parsed ? parsed.warnings : undefined;
}

describe('case is ignored where it cannot matter', () => {
  it.each([
    ['AUTH0_LOG_TYPES', 'SAPI, Ss', { filter: { logTypes: ['sapi', 'ss'] } }],
    ['AUTH0_API_ENDPOINTS', 'Users', { filter: { endpoints: [['users']] } }],
    ['AUTH0_API_ENDPOINTS', '/API/V2/users', { filter: { endpoints: [['users']] } }],
    [
      'AUTH0_API_ENDPOINTS',
      'Organizations/*/Members',
      { filter: { endpoints: [['organizations', '*', 'members']] } },
    ],
    ['AUTH0_API_ENDPOINTS', 'users/auth0|AbC', { filter: { endpoints: [['users', 'auth0|AbC']] } }],
    ['AUTH0_API_METHODS', 'Post, DELETE', { filter: { methods: ['post', 'delete'] } }],
    ['PAYLOAD', 'FULL', { body: { payload: 'full' } }],
    ['START_FROM', 'Earliest', { startFrom: { kind: 'earliest' } }],
  ])('%s: %s', (key, value, expected) => {
    expect(settings({ [key]: value })).toMatchObject(expected);
  });
});

describe('what can match nothing is a fault that names the nearest right value', () => {
  it.each([
    ['AUTH0_LOG_TYPES', 'sapi, signup', '"ss"'],
    ['AUTH0_LOG_TYPES', 'Sign-ups', '"ss"'],
    ['AUTH0_LOG_TYPES', 'deleted', '"sdu"'],
    ['AUTH0_LOG_TYPES', 'login', '"s"'],
    ['AUTH0_LOG_TYPES', 'user', '"users"'],
    ['AUTH0_LOG_TYPES', 'organisations', '"organizations"'],
    ['AUTH0_LOG_TYPES', 'failure', '"failures"'],
    ['AUTH0_API_ENDPOINTS', 'user', '"users"'],
    ['AUTH0_API_ENDPOINTS', '!users', '"users"'],
    ['AUTH0_API_ENDPOINTS', 'connection', '"connections"'],
    ['AUTH0_API_ENDPOINTS', 'clients, organisations/*/members', '"organizations"'],
    ['AUTH0_API_METHODS', 'DELET', '"DELETE"'],
  ])('%s: %s, meant is %s', (key, value, meant) => {
    expect(faultOf(key, value)).toEqual([
      { key, expected: expect.stringContaining(`did you mean ${meant}?`) },
    ]);
  });

  it('says which entry it is, and does not repeat it', () => {
    const [fault] = faultOf('AUTH0_LOG_TYPES', 'sapi, ss, se-cret');

    expect(fault?.expected).toContain('the third is none');
    expect(fault?.expected).not.toContain('se-cret');
  });
});

describe('what no list of Auth0 has', () => {
  it('is taken with a warning that says which entry it is', () => {
    const keys = { AUTH0_LOG_TYPES: 'sapi, sdelxyz', AUTH0_API_ENDPOINTS: 'brand-new-things' };

    expect(settings(keys)).toMatchObject({
      filter: { logTypes: ['sapi', 'sdelxyz'], endpoints: [['brand-new-things']] },
    });
    expect(warningsOf(keys)).toEqual([
      { key: 'AUTH0_LOG_TYPES', expected: expect.stringContaining('the second is not in the list') },
      { key: 'AUTH0_API_ENDPOINTS', expected: expect.stringContaining('the first is not in the list') },
    ]);
  });

  it('is not what only the dashboard calls, another API, or any segment', () => {
    const keys = { AUTH0_API_ENDPOINTS: 'integrations, risk-assessment/config, scim, me, */x' };

    expect(warningsOf(keys)).toEqual([]);
  });
});

describe('a group of types', () => {
  it('stands for its codes, beside single ones, each once', () => {
    const types = settings({ AUTH0_LOG_TYPES: 'sapi,Users,ss,organizations' })?.filter.logTypes ?? [];

    expect(types).toEqual(
      expect.arrayContaining(['sapi', 'ss', 'sdu', 'sscim', 'organization_member_added']),
    );
    expect(new Set(types).size).toBe(types.length);
  });

  it('holds codes only, and no failure among what succeeded', () => {
    const { users = [], organizations = [], failures = [] } = LOG_TYPE_GROUPS;

    expect([...users, ...organizations].filter((code) => failures.includes(code))).toEqual([]);
    expect([...LOG_TYPES].every((code) => /^[a-z0-9_]+$/.test(code))).toBe(true);
  });
});
