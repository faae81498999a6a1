import { api, type Shape } from './shape.ts';

/** An application. Auth0 masks what looks like a secret, also by the key's name alone. */
const APPLICATION = { name: 'App $number', app_type: 'regular_web', token_endpoint_auth_method: '*****' };
const GRANT = { client_id: '$client', audience: 'https://api.example.com/', scope: ['read:all'] };

export const APPLICATION_SHAPES: readonly Shape[] = [
  {
    weight: 3,
    creates: 'client',
    entries: [
      api('post', 'clients', 'Create a client', 201, {
        body: APPLICATION,
        response: { ...APPLICATION, client_id: '$client', client_secret: '*****', refresh_token: 'REDACTED' },
      }),
    ],
  },
  {
    weight: 4,
    entries: [
      api('patch', 'clients/$client', 'Update a client', 200, {
        body: { callbacks: ['https://app.example.com/callback/$digit'] },
        response: { client_id: '$client', signing_keys: '[REDACTED]' },
      }),
    ],
  },
  {
    weight: 1,
    removes: 'client',
    entries: [api('delete', 'clients/$client', 'Delete a client', 204, { body: null })],
  },
  {
    weight: 2, // older answers have no id
    entries: [
      api('post', 'client-grants', 'Create client grant', 201, {
        body: GRANT,
        response: { $oneOf: [{ id: 'cgr_$id', ...GRANT }, GRANT] },
      }),
    ],
  },
  {
    weight: 2,
    entries: [
      api('patch', 'connections/$con', 'Update a connection', 200, {
        body: { enabled_clients: ['$client'], options: { client_secret: '*****' } },
        response: { id: '$con', enabled_clients: ['$client'] },
      }),
    ],
  },
  {
    weight: 2, // a GET is logged only when it returned a secret, and then with little more than the id
    entries: [
      {
        type: 'mgmt_api_read',
        description: 'Get client by ID',
        details: {
          accessedSecrets: ['client_secret'],
          request: { method: 'get', path: '/api/v2/clients/$client', query: {}, body: null },
          response: { statusCode: 200, body: { client_id: '$client' } },
        },
      },
    ],
  },
];
