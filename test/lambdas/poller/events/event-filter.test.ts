import { describe, expect, test } from 'vitest';
import { createFilter } from '../../../../lambdas/poller/events/event-filter.ts';
import { logEvent } from '../../../support/log-event.ts';
import { filterSettings } from '../../../support/settings.ts';

const verdictOf = (path: string, endpoints: string[][]) =>
  createFilter(filterSettings({ endpoints }))(logEvent({ path }));

describe('endpoints', () => {
  test.each([
    ['/api/v2/users', ['users']],
    ['/api/v2/users/auth0%7C1', ['users']],
    ['/api/v2/users/auth0|1/roles', ['users']],
    ['/api/v2/users?page=1', ['users']],
    ['/api/v2/users/', ['users']],
    ['/api/v2/organizations/org_1/members', ['organizations', '*', 'members']],
    ['/api/v2/organizations/org_1/members/x', ['organizations', '*', 'members']],
    ['/api/v2/actions/actions/1', ['actions', 'actions']],
    ['/api/v2/integrations/installed', ['integrations']],
    ['/api/v2/users/auth0%7C1', ['users', 'auth0|1']],
    ['/api/v2/%75sers', ['users']],
  ])('%s matches %j', (path, endpoint) => {
    expect(verdictOf(path, [endpoint])).toBe('matched');
  });

  test.each([
    ['/api/v2/users-by-email', ['users']],
    ['/api/v2/user-blocks/1', ['users']],
    ['/api/v2/client-grants/1', ['clients']],
    ['/api/v2/rules-configs/k', ['rules']],
    ['/api/v2/organizations', ['organizations', '*']],
    ['/api/v2/organizations/org_1/invitations', ['organizations', '*', 'members']],
    ['/api/v2/clients/users', ['users']],
    ['/api/v2/users%2Fx', ['users']],
    ['', ['users']],
  ])('%s does not match %j', (path, endpoint) => {
    expect(verdictOf(path, [endpoint])).toBe('endpoint');
  });

  test('one of several is enough', () => {
    expect(verdictOf('/api/v2/roles/rol_1', [['users'], ['roles']])).toBe('matched');
  });

  test('a lone % is taken as it was logged', () => {
    expect(verdictOf('/api/v2/users/100%', [['users', '100%']])).toBe('matched');
  });
});

test('types are compared exactly, whatever type the field has', () => {
  const filter = createFilter(filterSettings({ logTypes: ['sapi', 'mgmt_api_read'] }));
  expect(filter(logEvent({ type: 'mgmt_api_read' }))).toBe('matched');
  expect(filter(logEvent({ type: 's' }))).toBe('type');
  expect(filter(logEvent({ fields: { type: ['sapi'] } }))).toBe('type');
  expect(filter(null)).toBe('type');
});

test('a log event without a request passes only while no endpoint and no method is set', () => {
  const login = logEvent({ type: 's', fields: { details: {} } });
  const verdict = (overrides: object) =>
    createFilter(filterSettings({ logTypes: ['s'], ...overrides }))(login);
  expect(verdict({})).toBe('matched');
  expect(verdict({ endpoints: [['users']] })).toBe('endpoint');
  expect(verdict({ methods: ['post'] })).toBe('method');
});

test('methods are compared without regard to case', () => {
  const filter = createFilter(filterSettings({ methods: ['post', 'delete'] }));
  expect(filter(logEvent({ method: 'post' }))).toBe('matched');
  expect(filter(logEvent({ method: 'DELETE' }))).toBe('matched');
  expect(filter(logEvent({ method: 'patch' }))).toBe('method');
});

test('what excluded clients did is no event', () => {
  const filter = createFilter(filterSettings({ excludedClients: ['sync-job'] }));
  expect(filter(logEvent({ clientId: 'sync-job' }))).toBe('client');
  expect(filter(logEvent({ clientId: 'dashboard' }))).toBe('matched');
  expect(filter(logEvent({ fields: { client_id: null } }))).toBe('matched');
});
