import { api, type Shape } from './shape.ts';

/** A change of one settings object. The answer is what was sent. */
function change(method: string, path: string, description: string, body: unknown): Shape {
  return { weight: 2, entries: [api(method, path, description, 200, { body, response: body })] };
}

const ACTION = { name: 'add-claims', code: 'exports.onExecutePostLogin = async () => {};', secrets: '*****' };
const GUARDIAN = { friendly_name: 'Harbour Works', picture_url: 'https://www.example.com/logo.png' };

/** Changes of the tenant as a whole, and of the two-level collection of actions. */
export const SETTINGS_SHAPES: readonly Shape[] = [
  {
    weight: 2,
    creates: 'action',
    entries: [
      api('post', 'actions/actions', 'Create an action', 201, {
        body: ACTION,
        response: { id: '$action', ...ACTION },
      }),
    ],
  },
  {
    weight: 1,
    entries: [
      api('post', 'actions/actions/$action/deploy', 'Deploy an action', 202, { response: { id: '$action' } }),
    ],
  },
  {
    weight: 1,
    entries: [
      api('patch', 'actions/actions/$action', 'Update an action', 200, {
        body: { runtime: 'node22' },
        response: { id: '$action' },
      }),
    ],
  },
  {
    weight: 1,
    removes: 'action',
    entries: [api('delete', 'actions/actions/$action', 'Delete an action', 204)],
  },
  change('patch', 'branding', 'Update branding settings', { colors: { primary: '#0059d6' } }),
  change('patch', 'tenants/settings', 'Update tenant settings', { session_lifetime: 168 }),
  change('put', 'guardian/policies', 'Set Multi-factor Authentication policies', ['all-applications']),
  // The Dashboard calls endpoints that no documentation lists.
  change('patch', 'risk-assessment/config', 'Update risk assessment config', { enabled: true }),
  {
    weight: 2, // Guardian: the method in capitals, a path without version, another `auth`
    entries: [
      {
        type: 'gd_tenant_update',
        description: 'Guardian - Updates tenant settings',
        ip: '192.0.2.1',
        user_id: '$client@clients',
        details: {
          request: {
            method: 'PATCH',
            path: '/api/tenants/settings',
            query: {},
            ip: '192.0.2.1',
            auth: {
              scopes: ['update:tenant_settings'],
              strategy: 'jwt_api2_internal_token',
              subject: '$client@clients',
            },
            body: GUARDIAN,
          },
          response: { statusCode: 200, body: GUARDIAN },
        },
      },
    ],
  },
];
