import type { LogEntry } from '../log-source.ts';
import { address, agent, person } from './people.ts';
import type { World } from './world.ts';

/** What is in every tenant's log most of the time, and is no Management API call. */
export function loginEvent(world: World): LogEntry {
  return world.random.weighted([
    [6, login],
    [2, failedLogin],
    [3, tokenExchange],
    [2, logout],
  ])(world);
}

function login(world: World): LogEntry {
  const prompts = [{ name: 'prompt-authenticate', completedAt: 1_700_000_000_000, elapsedTime: null }];
  return {
    type: 's',
    ...visit(world),
    details: { prompts, stats: { loginsCount: world.random.between(1, 400) }, session_id: 'masked' },
  };
}

function failedLogin(world: World): LogEntry {
  return {
    type: world.random.pick(['f', 'fp', 'fu']),
    description: 'Wrong email or password.',
    ...visit(world),
    details: { error: { message: 'Wrong email or password.' } },
  };
}

/** A machine fetches a token: one such entry is ours, and it has no details at all. */
function tokenExchange({ random, clients }: World): LogEntry {
  const client_id = random.pick(clients);
  const origin = { ip: address(random), user_agent: 'Other 0.0.0 / Other 0.0.0' };
  return { type: 'seccft', description: '', client_id, client_name: 'Nightly job', ...origin };
}

function logout(world: World): LogEntry {
  return { type: 'slo', ...visit(world), details: { return_to: 'https://www.example.com/' } };
}

function visit({ random, users, clients }: World): LogEntry {
  const { email } = person(random);
  return {
    connection: 'Username-Password-Authentication',
    client_id: random.pick(clients),
    client_name: 'Storefront',
    ip: address(random),
    user_agent: agent(random).parsed,
    user_id: random.pick(users),
    user_name: email,
    strategy: 'auth0',
    strategy_type: 'database',
  };
}
