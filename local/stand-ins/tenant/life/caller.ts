import type { LogEntry } from '../log-source.ts';
import { address, agent, person } from './people.ts';
import { HEX } from './random.ts';
import { newUserId, type World } from './world.ts';

/** Who called the Management API: the fields of the entry, and those of `details.request`. */
export interface Caller {
  readonly entry: LogEntry;
  readonly request: LogEntry;
}

const DASHBOARD_CLIENT = 'DashboardDashboardDashboardDashb';
const DASHBOARD = 'https://manage.auth0.com/';
const OBJECTS = [
  'users',
  'clients',
  'connections',
  'roles',
  'organizations',
  'actions',
  'branding',
  'grants',
];
/** The Dashboard's token has every scope, which is most of the size of such an entry (auth0.md §2). */
const ALL_SCOPES = OBJECTS.flatMap((name) =>
  ['create', 'read', 'update', 'delete'].map((verb) => `${verb}:${name}`),
);

export function caller(world: World): Caller {
  const kind = world.random.weighted([
    [5, dashboard],
    [5, machine],
    [2, commandLine],
    [1, legacy],
  ]);
  return kind(world);
}

function dashboard({ random }: World): Caller {
  const { name, email } = person(random);
  const user_id = newUserId(random);
  const ip = address(random);
  const { parsed, raw } = agent(random);
  const jti = random.text(32, HEX);
  const credentials = random.chance(0.6) ? { jti, scopes: ALL_SCOPES } : { jti };
  const auth = { user: { user_id, name, email }, strategy: 'jwt', credentials };
  return {
    entry: {
      client_id: DASHBOARD_CLIENT,
      client_name: '',
      ip,
      user_agent: parsed,
      user_id,
      auth0_client: {},
    },
    request: { userAgent: raw, channel: DASHBOARD, ip, auth },
  };
}

/** Machine to machine: nobody is the user. */
function machine({ random, clients }: World): Caller {
  const ip = address(random);
  const scopes = ['read:users', 'update:users', 'create:users', 'delete:users'];
  const auth = { user: {}, strategy: 'jwt', credentials: { scopes } };
  return {
    entry: {
      client_id: random.pick(clients),
      client_name: '',
      ip,
      user_agent: 'Other 0.0.0 / Other 0.0.0',
      ...(random.chance(0.5) && { user_id: '' }),
      auth0_client: { name: 'node-auth0', version: '7.1.0', env: { node: 'v24.21.0' } },
      references: { correlation_id: random.text(32, HEX), trace_id: random.text(32, HEX) },
    },
    request: { userAgent: 'node-auth0/7.1.0', channel: 'api', ip, auth },
  };
}

function commandLine({ random }: World): Caller {
  const ip = address(random);
  const user_id = newUserId(random);
  const auth = { user: { user_id }, strategy: 'jwt', credentials: { jti: random.text(32, HEX) } };
  return {
    entry: {
      client_id: 'CommandLineCommandLineCommandLin',
      client_name: '',
      ip,
      user_agent: 'Go-http-client 2.0.0 / Other 0.0.0',
      user_id,
      auth0_client: { name: 'Auth0-CLI', version: '1.19.0', env: { go: 'go1.25' } },
    },
    request: { userAgent: 'Auth0-CLI/1.19.0', channel: 'api', ip, auth },
  };
}

/** Old tokens: the user as a string, no credentials, the header as an array, and no user agent in the request. */
function legacy({ random, clients }: World): Caller {
  const ip = address(random);
  const auth = { user: newUserId(random), strategy: 'jwt', credentials: null };
  return {
    entry: { client_id: random.pick(clients), client_name: null, ip, user_agent: '', auth0_client: [] },
    request: { channel: 'api', ip, auth },
  };
}
