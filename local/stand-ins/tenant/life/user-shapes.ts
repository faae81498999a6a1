import { api, DATABASE, type Shape, visit } from './shape.ts';

const PERSON = { name: '$name', given_name: '$given_name', family_name: '$family_name', email: '$email' };
const createUser = api('post', 'users', 'Create a User', 201, {
  body: { ...PERSON, connection: DATABASE, password: '*****' },
  response: { ...PERSON, user_id: '$user', email_verified: false },
});
const signUp = visit('ss', {
  description: '',
  details: {
    body: {
      client_id: '$client',
      connection: DATABASE,
      email: '$email',
      password: '*****',
      tenant: 'harbour-works',
    },
  },
});

/** How users come, change and go. */
export const USER_SHAPES: readonly Shape[] = [
  { weight: 4, creates: 'user', entries: [createUser] },
  { weight: 1, creates: 'user', entries: [createUser, signUp] }, // by the API, and logged a second time
  {
    weight: 6,
    entries: [
      api('patch', 'users/$userPath', 'Update a User', 200, {
        body: { $oneOf: [{ app_metadata: { plan: 'pro' } }, { blocked: true }, { blocked: false }] },
        response: { user_id: '$user' },
      }),
    ],
  },
  {
    weight: 3,
    removes: 'user',
    entries: [api('delete', 'users/$userEncoded', 'Delete a User', 204, { body: {} })],
  },
  {
    weight: 2,
    entries: [
      api('post', 'users/$userPath/roles', 'Assign roles to a user', 204, {
        body: { roles: ['$role'] },
        response: {},
      }),
    ],
  },
  {
    weight: 1,
    entries: [
      api('delete', 'users/$userEncoded/roles', 'Removes roles from a user', 204, {
        body: { roles: ['$role'] },
      }),
    ],
  },
  { weight: 2, creates: 'user', entries: [signUp] },
  {
    weight: 1,
    entries: [visit('fs', { description: 'The user already exists.', user_id: '', details: { error: {} } })],
  },
  {
    weight: 1, // by the user: the id stands in the description alone, without its provider
    removes: 'user',
    entries: [
      {
        type: 'sdu',
        description: 'user_id: $userBare',
        connection: DATABASE,
        connection_id: '$con',
        ip: '$ip',
        user_agent: '$agent',
        user_id: '',
        user_name: '',
        strategy: 'auth0',
        strategy_type: 'database',
        details: { body: { connection: DATABASE, tenant: 'harbour-works' } },
      },
    ],
  },
];
