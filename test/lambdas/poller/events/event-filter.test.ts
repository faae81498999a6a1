import { describe, expect, it } from 'vitest';
import { createFilter } from '../../../../lambdas/poller/events/event-filter.ts';
import { logEvent } from '../../../support/log-event.ts';
import { filterSettings } from '../../../support/settings.ts';

const verdictOf = (path: string, endpoints: string[][]) =>
  createFilter(filterSettings({ endpoints }))(logEvent({ path }));

describe('endpoints', () => {
  it.each([
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

  it.each([
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

  it('one of several is enough', () => {
    expect(verdictOf('/api/v2/roles/rol_1', [['users'], ['roles']])).toBe('matched');
  });

  it('a lone % is taken as it was logged', () => {
    expect(verdictOf('/api/v2/users/100%', [['users', '100%']])).toBe('matched');
  });
});

it('types are compared exactly, whatever type the field has', () => {
  const filter = createFilter(filterSettings({ logTypes: ['sapi', 'mgmt_api_read'] }));

  expect(filter(logEvent({ type: 'mgmt_api_read' }))).toBe('matched');
  expect(filter(logEvent({ type: 's' }))).toBe('type');
  expect(filter(logEvent({ fields: { type: ['sapi'] } }))).toBe('type');
  expect(filter(null)).toBe('type');
});

describe('a log event that tells of no request', () => {
  it.each([
    { endpoints: [['users']] },
    { endpoints: [['clients']], methods: ['post'] },
    { methods: ['delete'] },
  ])('passes by its type, whatever %j', (overrides) => {
    const filter = createFilter(filterSettings({ logTypes: ['ss', 'sdu'], ...overrides }));

    expect(filter(logEvent({ type: 'ss', fields: { details: { body: {} } } }))).toBe('matched');
    expect(filter(logEvent({ type: 'sdu', fields: { details: undefined } }))).toBe('matched');
    expect(filter(logEvent({ type: 's', fields: { details: {} } }))).toBe('type');
  });

  it('of an excluded client is none all the same', () => {
    const filter = createFilter(filterSettings({ logTypes: ['ss'], excludedClients: ['sync-job'] }));

    expect(filter(logEvent({ type: 'ss', clientId: 'sync-job', fields: { details: {} } }))).toBe('client');
  });
});

describe('a request of another API is found by its own path, and by what it is in the Management API', () => {
  it.each([
    ['/scim/v2/connections/con_1/Users/samlp%7Cacme%7Cu1', 'users', 'organizations'],
    ['/scim/v2/connections/con_1/Users', 'users', 'groups'],
    ['/scim/v2/connections/con_1/Users/u1', 'scim', 'connections'],
    ['/scim/v2/connections/con_1/Groups/g1', 'groups', 'users'],
    ['/me/v1/authentication-methods', 'users', 'clients'],
    ['/my-org/members/auth0%7C1', 'organizations', 'users'],
    ['/api/tenants/settings', 'api', 'tenants'],
  ])('%s is of %s, and not of %s', (path, endpoint, other) => {
    const event = logEvent({ path, method: 'PATCH' });

    expect(createFilter(filterSettings({ endpoints: [[endpoint]] }))(event)).toBe('matched');
    expect(createFilter(filterSettings({ endpoints: [[other]] }))(event)).toBe('endpoint');
    expect(createFilter(filterSettings({ methods: ['post'] }))(event)).toBe('method');
  });

  it('also by the segments behind the user or the organization', () => {
    const mine = logEvent({ path: '/me/v1/authentication-methods' });
    const ours = logEvent({ path: '/my-org/members/auth0%7C1', fields: { organization_id: 'org_1' } });

    const users = createFilter(filterSettings({ endpoints: [['users', '*', 'authentication-methods']] }));
    const members = createFilter(filterSettings({ endpoints: [['organizations', '*', 'members']] }));

    expect([users(mine), users(ours)]).toEqual(['matched', 'endpoint']);
    expect([members(mine), members(ours)]).toEqual(['endpoint', 'matched']);
  });
});

it('methods are compared without regard to case', () => {
  const filter = createFilter(filterSettings({ methods: ['post', 'delete'] }));

  expect(filter(logEvent({ method: 'post' }))).toBe('matched');
  expect(filter(logEvent({ method: 'DELETE' }))).toBe('matched');
  expect(filter(logEvent({ method: 'patch' }))).toBe('method');
});

it('what excluded clients did is no event', () => {
  const filter = createFilter(filterSettings({ excludedClients: ['sync-job'] }));

  expect(filter(logEvent({ clientId: 'sync-job' }))).toBe('client');
  expect(filter(logEvent({ clientId: 'dashboard' }))).toBe('matched');
  expect(filter(logEvent({ fields: { client_id: null } }))).toBe('matched');
});
