import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceOf } from '../../../../lambdas/poller/events/resource.ts';
import { logEvent } from '../../../support/log-event.ts';

const of = (method: string, path: string, response: unknown = {}) =>
  resourceOf(logEvent({ method, path: `/api/v2/${path}`, response }), 2);

it.each([
  ['patch', 'users/auth0%7C1', 'users/auth0|1'],
  ['patch', 'users/auth0|1', 'users/auth0|1'],
  ['delete', 'users/a%2Fb', 'users/a/b'],
  ['post', 'users/auth0%7C1/roles', 'users/auth0|1'],
  ['post', 'organizations/org_1/invitations', 'organizations/org_1'],
  ['patch', 'actions/actions/a1', 'actions/actions/a1'],
  ['post', 'actions/actions/a1/deploy', 'actions/actions/a1'],
  ['patch', 'branding/themes/t1', 'branding/themes/t1'],
  ['put', 'keys/signing/k1/revoke', 'keys/signing/k1'],
  ['patch', 'flows/vault/connections/c1', 'flows/vault/connections/c1'],
  ['patch', 'tenants/settings', 'tenants/settings'],
  ['patch', 'attack-protection/brute-force-protection', 'attack-protection/brute-force-protection'],
  ['patch', 'branding', 'branding'],
  ['put', 'guardian/factors/sms', 'guardian/factors/sms'],
  ['patch', 'risk-assessment/config', 'risk-assessment/config'],
  ['patch', 'emails/provider', 'emails/provider'],
])('%s %s is about %s', (method, path, resource) => {
  expect(of(method, path)).toBe(resource);
});

describe('a create has the resource of its later updates', () => {
  it.each([
    ['users', { user_id: 'auth0|1', email: 'x@example.com' }, 'users/auth0%7C1'],
    ['clients', { client_id: 'c1', name: 'App' }, 'clients/c1'],
    ['roles', { id: 'rol_1', name: 'Admin' }, 'roles/rol_1'],
    ['organizations', { id: 'org_1', name: 'acme' }, 'organizations/org_1/members'],
    ['client-grants', { id: 'cgr_1', client_id: 'c1', audience: 'https://x/' }, 'client-grants/cgr_1'],
    ['actions/actions', { id: 'a1', name: 'x' }, 'actions/actions/a1'],
    ['branding/themes', { themeId: 't1' }, 'branding/themes/t1'],
    ['custom-domains', { custom_domain_id: 'cd_1', domain: 'id.example.com' }, 'custom-domains/cd_1'],
    ['email-templates', { template: 'verify_email' }, 'email-templates/verify_email'],
    ['flows', { id: 'af_1', name: 'x' }, 'flows/af_1'],
    ['keys/encryption', { kid: 'k1' }, 'keys/encryption/k1'],
    ['emails/provider', { name: 'mailgun' }, 'emails/provider'],
  ])('POST %s, answered %j, then %s', (collection, response, later) => {
    expect(of('post', collection, response)).toBe(of('patch', later));
  });
});

it('a sub-resource of a flow belongs to the flow', () => {
  expect(of('delete', 'flows/af_1/executions/e1')).toBe(of('patch', 'flows/af_1'));
});

it('a create that tells no id is a resource of its own', () => {
  const events = [0, 1].map((sequence) => logEvent({ sequence, method: 'post', path: '/api/v2/tickets/x' }));
  const [first, second] = events.map((event) => resourceOf(event, 2));

  expect(first).not.toBe(second);
  expect(first).toMatch(/^log\/900\d{53}$/);
});

it('a log event without a request is about its user, else about itself', () => {
  const login = { type: 's', user_id: 'auth0|7', log_id: '1' };

  expect(resourceOf(login, 2)).toBe('users/auth0|7');
  expect(resourceOf({ ...login, user_id: '' }, 2)).toBe('log/1');
});

it('keys that SQS would refuse differ still', () => {
  const long = (end: string) => of('patch', `users/${'x'.repeat(200)}${end}`);

  expect(long('a')).toMatch(/^users\/sha256-[0-9a-f]{64}$/);
  expect(long('a')).not.toBe(long('b'));
  expect(of('patch', 'users/J%C3%BCrgen')).not.toBe(of('patch', 'users/J%C3%B6rgen'));
});

/** SQS's MessageGroupId: up to 128 letters, digits and punctuation of ASCII. */
const GROUP_ID = /^[\x21-\x7e]{1,128}$/;

it('is a group id that SQS takes, for any path, response and log event', () => {
  const anyPath = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.string({ unit: 'grapheme', maxLength: 40 })).map((parts) => `/api/v2/${parts.join('/')}`),
  );
  fc.assert(
    fc.property(anyPath, fc.constantFrom('post', 'patch', 'POST'), fc.json(), (path, method, response) => {
      expect(resourceOf(logEvent({ path, method, response: JSON.parse(response) }), 2)).toMatch(GROUP_ID);
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (event) => {
      expect(resourceOf(event, 2)).toMatch(GROUP_ID);
    }),
  );
});

it('is the same for an id sent raw and percent-encoded', () => {
  // An id may hold what a path can hold raw: no separators, and no % of its own.
  const id = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((text) => !/[/?#%]/.test(text));
  fc.assert(
    fc.property(id, (text) => {
      expect(of('patch', `users/${encodeURIComponent(text)}`)).toBe(of('patch', `users/${text}`));
    }),
  );
});
