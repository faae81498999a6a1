import { DATABASE, type Shape, visit } from './shape.ts';

const SCIM_AGENT = 'Okta SCIM Client 1.0.0';

/** A call of a connection's SCIM endpoint. */
function scim(action: string, method: string, user: string, statusCode: number, body: unknown) {
  return {
    type: 'sscim',
    description: '',
    client_id: null,
    client_name: '',
    ip: '$ip',
    user_agent: 'Other 0.0.0 / Other 0.0.0',
    details: {
      action,
      connection_id: '$con',
      request: {
        method,
        path: `/scim/v2/connections/$con/Users${user}`,
        query: {},
        userAgent: SCIM_AGENT,
        ip: '$ip',
        body,
      },
      response: { statusCode },
    },
  };
}

/** A call of the My Account API, by the user. */
function myAccount(operation: string, method: string, path: string) {
  return visit('my_account_authentication_method_succeeded', {
    description: '',
    hostname: 'harbour-works.eu.auth0.com',
    details: {
      authentication_method: 'passkey',
      authentication_method_id: 'passkey|dev_$id',
      operation,
      request: { method, path: `/me/v1/authentication-methods${path}` },
      session_id: '$id',
    },
  });
}

/** What users and their companies' directories change without the Management API. */
export const ACCOUNT_SHAPES: readonly Shape[] = [
  {
    weight: 2,
    entries: [
      visit('scp', {
        description: 'You can now login to the application with the new password.',
        details: { body: {}, email: '$email', query: {}, title: 'Password Changed' },
      }),
    ],
  },
  {
    weight: 1,
    entries: [
      visit('sce', {
        description: '',
        details: {
          body: {
            client_id: '$client',
            connection: DATABASE,
            email: '$email',
            email_verified: 'true',
            newEmail: 'new.$email',
            tenant: 'harbour-works',
            user_id: '$user',
            verify: true,
          },
        },
      }),
    ],
  },
  {
    weight: 1,
    entries: [
      visit('scu', {
        description: '',
        details: { body: { connection: DATABASE, username: 'u$number', user_id: '$user' } },
      }),
    ],
  },
  {
    weight: 1,
    entries: [
      visit('sv', {
        description: 'Your email was verified. You can continue using the application.',
        details: { email: '$email', title: 'Email Verified' },
      }),
    ],
  },
  { weight: 1, entries: [visit('limit_wc', { description: '', user_id: '', details: {} })] },
  { weight: 1, entries: [visit('ublkdu', { description: '', details: {} })] },
  { weight: 1, entries: [scim('CREATE_USER', 'POST', '', 201, { userName: '$email', active: true })] },
  {
    weight: 1,
    entries: [
      scim('PATCH_USER', 'PATCH', '/samlp%7Cacme-okta%7Cu$number', 200, {
        Operations: [{ op: 'replace', path: 'active', value: false }],
      }),
    ],
  },
  { weight: 1, entries: [scim('DELETE_USER', 'DELETE', '/samlp%7Cacme-okta%7Cu$number', 204, null)] },
  { weight: 1, entries: [myAccount('create', 'POST', '')] },
  { weight: 1, entries: [myAccount('delete', 'DELETE', '/passkey%7Cdev_$id')] },
];
