import { describe, expect, it } from 'vitest';
import { resourceOf } from '../../../../lambdas/poller/events/resource.ts';
import { logEvent } from '../../../support/log-event.ts';

const ID = '6132a1b2c3d4e5f601234567';
const ANN = `auth0|${ID}`;

/**
 * Makes an entry about one user, in the shapes that Auth0 publishes. Its `details` have a request
 * only where it is given.
 */
const entry = (type: string, fields: Record<string, unknown>) =>
  logEvent({ type, fields: { user_id: ANN, strategy: 'auth0', details: {}, ...fields } });

const deletion = (fields: Record<string, unknown>) =>
  entry('sdu', { user_id: '', description: `user_id: ${ID}`, connection: 'Users', ...fields });

const request = (method: string, path: string) => ({
  request: { method, path },
  response: { statusCode: 200 },
});

describe('all events of a user share its key, whatever their type', () => {
  it.each([
    ['a create by the API', logEvent({ method: 'post', path: '/api/v2/users', response: { user_id: ANN } })],
    ['a change by the API', logEvent({ path: `/api/v2/users/${encodeURIComponent(ANN)}` })],
    ['a role', logEvent({ method: 'post', path: `/api/v2/users/${ANN}/roles` })],
    ['an unblocking by the API', logEvent({ method: 'delete', path: `/api/v2/user-blocks/${ANN}` })],
    [
      'a ticket',
      logEvent({ method: 'post', path: '/api/v2/tickets/password-change', body: { user_id: ANN } }),
    ],
    ['a sign-up', entry('ss', {})],
    ['a new e-mail', entry('sce', { details: { body: { user_id: ANN } } })],
    ['a new name, told in details only', entry('scu', { user_id: '', details: { body: { user_id: ANN } } })],
    ['a login', entry('s', {})],
    ['a membership', entry('organization_member_added', { organization_id: 'org_1' })],
    ['a factor', entry('gd_unenroll', { user_id: '', details: { enrollment: { user_id: ANN } } })],
    [
      'a factor, with its request',
      entry('gd_enrollment_complete', { details: request('POST', '/api/enroll') }),
    ],
    ['My Account', entry('my_account_x', { details: request('DELETE', '/me/v1/authentication-methods/1') })],
    [
      'SCIM',
      entry('sscim', {
        user_id: undefined,
        details: request('PATCH', `/scim/v2/connections/c/Users/${ANN}`),
      }),
    ],
    ['a deletion', deletion({})],
    ['a deletion without strategy', deletion({ strategy: undefined })],
    ['a deletion with the whole id', deletion({ description: `user_id: ${ANN}` })],
    ['a deletion with a quoted id', deletion({ description: `Deleted user_id: "${ID}".` })],
  ])('%s', (_, event) => {
    expect(resourceOf(event, 2)).toBe(`users/${ANN}`);
  });

  it('also of a company directory, whose ids name their connection', () => {
    const path = '/scim/v2/connections/con_1/Users/samlp%7Cacme%7Cu1%40example.com';
    const scim = entry('sscim', { user_id: undefined, details: request('DELETE', path) });
    const deleted = deletion({
      strategy: 'samlp',
      connection: 'acme',
      description: 'user_id: acme|u1@example.com',
    });

    expect([scim, deleted].map((event) => resourceOf(event, 2))).toEqual(
      Array(2).fill('users/samlp|acme|u1@example.com'),
    );
  });
});

describe('other events', () => {
  it('of two SCIM users do not wait for each other', () => {
    const keys = ['u1', 'u2'].map((id) =>
      resourceOf(
        entry('sscim', { user_id: '', details: request('PUT', `/scim/v2/connections/c/Users/${id}`) }),
        2,
      ),
    );

    expect(keys).toEqual(['users/u1', 'users/u2']);
  });

  it('that create a SCIM user without telling its id stand alone', () => {
    const create = entry('sscim', {
      user_id: undefined,
      details: request('POST', '/scim/v2/connections/c/Users'),
    });

    expect(resourceOf(create, 2)).toMatch(/^log\//);
  });

  it('of My Organization are about the organization, not about who acted', () => {
    const details = { org_id: 'org_1', ...request('DELETE', '/my-org/members/auth0%7C2') };

    expect(resourceOf(entry('my_organization_api_member_succeeded', { details }), 2)).toBe(
      'organizations/org_1',
    );
  });

  it('of a machine are not about a user', () => {
    const settings = entry('gd_tenant_update', {
      user_id: 'app@clients',
      details: request('PATCH', '/api/tenants/settings'),
    });

    expect(resourceOf(settings, 2)).toBe('api/tenants');
    expect(resourceOf(entry('seccft', { user_id: 'app@clients' }), 2)).toMatch(/^log\//);
  });

  it.each([[{ invitation_id: 'inv_1' }], [[{ invitation_id: 'inv_1' }]]])(
    'of an invitation to the tenant are by its id, as in %j',
    (response) => {
      const invited = logEvent({ method: 'post', path: '/api/v2/tenants/invitations', response });
      const revoked = logEvent({ method: 'delete', path: '/api/v2/tenants/invitations/inv_1' });

      expect(resourceOf(invited, 2)).toBe('tenants/invitations/inv_1');
      expect(resourceOf(revoked, 2)).toBe('tenants/invitations/inv_1');
    },
  );
});

describe('version 1', () => {
  it.each([
    ['users/auth0|admin', logEvent({ type: 's', fields: { details: {} } })],
    ['scim/v2', entry('sscim', { details: request('PUT', '/scim/v2/connections/c/Users/u1') })],
    ['me/v1', entry('my_account_x', { details: request('POST', '/me/v1/authentication-methods') })],
    ['user-blocks/u', logEvent({ method: 'delete', path: '/api/v2/user-blocks/u' })],
    ['users/auth0|1', logEvent({ path: '/api/v2/users/auth0%7C1' })],
  ])('still tells %s', (key, event) => {
    expect(resourceOf(event, 1)).toBe(key);
  });

  it('still knows neither deletions nor invitations', () => {
    const invited = logEvent({
      method: 'post',
      path: '/api/v2/tenants/invitations',
      response: { invitation_id: 'inv_1' },
    });

    expect([deletion({}), invited].map((event) => resourceOf(event, 1).startsWith('log/'))).toEqual([
      true,
      true,
    ]);
  });
});
