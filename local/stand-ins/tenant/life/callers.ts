import type { LogEntry } from '../log-source.ts';

/** A caller of the Management API: its fields of the entry, and those of `details.request`. */
export interface Caller {
  readonly weight: number;
  readonly entry: LogEntry;
  readonly request: LogEntry;
}

const NAMES = ['users', 'clients', 'connections', 'roles', 'organizations', 'actions', 'branding', 'grants'];
/** Every scope, which the Dashboard's token has. They are most of the size of such an entry. */
const ALL_SCOPES = NAMES.flatMap((name) =>
  ['create', 'read', 'update', 'delete'].map((verb) => `${verb}:${name}`),
);

export const CALLERS: readonly Caller[] = [
  {
    weight: 5, // the Dashboard
    entry: {
      client_id: 'DashboardDashboardDashboardDashb',
      client_name: '',
      ip: '$ip',
      user_agent: '$agent',
      user_id: 'google-oauth2|109371405286317540019',
      auth0_client: {},
    },
    request: {
      userAgent: '$rawAgent',
      channel: 'https://manage.auth0.com/',
      ip: '$ip',
      auth: {
        user: {
          user_id: 'google-oauth2|109371405286317540019',
          name: 'Oswin Quenby',
          email: 'oswin@example.com',
        },
        strategy: 'jwt',
        credentials: { jti: '$hex', scopes: { $oneOf: [undefined, ALL_SCOPES] } },
      },
    },
  },
  {
    weight: 5, // machine to machine: nobody is the user
    entry: {
      client_id: '$client',
      client_name: '',
      ip: '$ip',
      user_agent: 'Other 0.0.0 / Other 0.0.0',
      user_id: { $oneOf: [undefined, ''] },
      auth0_client: { name: 'node-auth0', version: '7.1.0', env: { node: 'v24.21.0' } },
      references: { correlation_id: '$hex', trace_id: '$hex' },
    },
    request: {
      userAgent: 'node-auth0/7.1.0',
      channel: 'api',
      ip: '$ip',
      auth: {
        user: {},
        strategy: 'jwt',
        credentials: { scopes: ['read:users', 'update:users', 'create:users'] },
      },
    },
  },
  {
    weight: 2, // the command line
    entry: {
      client_id: 'CommandLineCommandLineCommandLin',
      client_name: '',
      ip: '$ip',
      user_agent: 'Go-http-client 2.0.0 / Other 0.0.0',
      user_id: 'google-oauth2|109371405286317540019',
      auth0_client: { name: 'Auth0-CLI', version: '1.19.0', env: { go: 'go1.25' } },
    },
    request: {
      userAgent: 'Auth0-CLI/1.19.0',
      channel: 'api',
      ip: '$ip',
      auth: {
        user: { user_id: 'google-oauth2|109371405286317540019' },
        strategy: 'jwt',
        credentials: { jti: '$hex' },
      },
    },
  },
  {
    weight: 1, // old tokens: the user as a string, no credentials, the header as an array, and no user agent
    entry: { client_id: '$client', client_name: null, ip: '$ip', user_agent: '', auth0_client: [] },
    request: {
      channel: 'api',
      ip: '$ip',
      auth: { user: 'auth0|61327aa3', strategy: 'jwt', credentials: null },
    },
  },
];
