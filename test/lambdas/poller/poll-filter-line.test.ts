import { expect, it } from 'vitest';
import { filterFields } from '../../../lambdas/poller/poll-line.ts';
import { parseAuth0Settings } from '../../../lambdas/shared/settings/auth0-settings.ts';

it('a poll says in its line which filter it read by', () => {
  const parsed = parseAuth0Settings(
    JSON.stringify({
      AUTH0_DOMAIN: 'example.eu.auth0.com',
      AUTH0_CLIENT_ID: 'own-client',
      AUTH0_CLIENT_SECRET: 'secret-secret-secret',
      AUTH0_API_ENDPOINTS: 'users/*/roles, clients',
      AUTH0_API_METHODS: 'POST',
      AUTH0_EXCLUDE_CLIENTS: 'loop-client',
    }),
  );
  if ('faults' in parsed) throw new Error('these settings are right');

  expect(filterFields(parsed.settings)).toEqual({
    filterTypes: ['sapi', 'fapi'],
    filterEndpoints: ['users/*/roles', 'clients'],
    filterMethods: ['post'],
    filterExcludes: ['loop-client', 'own-client'],
  });
});
