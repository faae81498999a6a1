import { describe, expect, it } from 'vitest';
import { unknownVariables } from '../../../local/settings/unknown-variables.ts';

describe('unknownVariables', () => {
  it('tells of each key of .env that no setting has, with the nearest one that there is', () => {
    const file = {
      AUTH0_DOMAIN: 'x',
      REDACTED: 'request.ip',
      AUTH0_API_ENDPOINT: 'users',
      SOMETHING: 'else',
    };

    expect(unknownVariables(file, {})).toEqual([
      '.env: REDACTED: no setting has this key; did you mean REDACT?',
      '.env: AUTH0_API_ENDPOINT: no setting has this key; did you mean AUTH0_API_ENDPOINTS?',
      '.env: SOMETHING: no setting has this key',
    ]);
  });

  it('tells of the environment only what begins as our keys do', () => {
    const environment = {
      PATH: '/bin',
      HOME: '/',
      WEBHOOK_AUTHORISATION: 'MARKED',
      WEBHOOK_URL: 'https://x/',
    };

    expect(unknownVariables({}, environment)).toEqual([
      'environment: WEBHOOK_AUTHORISATION: no setting has this key; did you mean WEBHOOK_AUTHORIZATION?',
    ]);
  });

  it('says nothing of what is empty, or known', () => {
    expect(unknownVariables({ REDACTED: ' ', NODE_EXTRA_CA_CERTS: 'ca.pem' }, { AUTH0_X: '' })).toEqual([]);
  });
});
