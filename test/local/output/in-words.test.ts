import { expect, it } from 'vitest';
import { inWords, shortResource } from '../../../local/output/in-words.ts';

it.each([
  ['delete', '/api/v2/users/auth0%7C123', 'user deleted'],
  ['post', '/api/v2/users', 'user created'],
  ['PATCH', '/api/v2/users/auth0|123', 'user changed'],
  ['post', '/api/v2/users/auth0|123/roles', 'user: roles added'],
  ['delete', '/api/v2/organizations/org_1/members', 'organization: members removed'],
  ['put', '/api/v2/guardian/factors/sms', 'guardian factors sms set'],
  ['patch', '/api/v2/tenants/settings', 'tenant settings changed'],
  ['post', '/api/v2/client-grants?x=1', 'client grant created'],
  ['delete', '/api/v2/user-blocks/auth0|1', 'user block deleted'],
])('%s %s is "%s"', (method, path, words) => {
  expect(inWords(JSON.stringify({ type: 'sapi', request: { method, path } }))).toBe(words);
});

it('takes the words of Auth0 where no request is told, and says little of what it does not know', () => {
  expect(inWords(JSON.stringify({ type: 'ss', description: 'Success Signup' }))).toBe('Success Signup');
  expect(inWords(JSON.stringify({ type: 'sdu' }))).toBe('sdu');
  expect(inWords('{"cut')).toBe('event');
});

it('shows both ends of a long id', () => {
  expect(shortResource('users/auth0|123')).toBe('auth0|123');
  expect(shortResource('users/google-oauth2|704876549520451778412')).toBe(
    'google-oauth2|704…20451778412'.replace('…20', '…520'),
  );
});
