import type { LogEntry } from '../log-source.ts';
import { apiCall } from './api-call.ts';
import { newClientId, newId, takeOne, type World } from './world.ts';

export function applicationEvent(world: World): LogEntry {
  return world.random.weighted([
    [3, createClient],
    [4, updateClient],
    [1, deleteClient],
    [2, grantClient],
    [2, connectionEvent],
    [2, readClient],
  ])(world);
}

/** Auth0 masks what looks like a secret, also by the key's name alone. */
function createClient(world: World): LogEntry {
  const client_id = newClientId(world.random);
  world.clients.push(client_id);
  const body = {
    name: `App ${world.clients.length}`,
    app_type: 'regular_web',
    token_endpoint_auth_method: '*****',
  };
  const response = { ...body, client_id, client_secret: '*****', refresh_token: 'REDACTED' };
  return apiCall(world, {
    method: 'post',
    path: 'clients',
    description: 'Create a client',
    body,
    status: 201,
    response,
  });
}

function updateClient(world: World): LogEntry {
  const client_id = world.random.pick(world.clients);
  const body = { callbacks: [`https://app.example.com/callback/${world.random.between(1, 9)}`] };
  const response = { client_id, ...body, signing_keys: '[REDACTED]' };
  const path = `clients/${client_id}`;
  return apiCall(world, {
    method: 'patch',
    path,
    description: 'Update a client',
    body,
    status: 200,
    response,
  });
}

function deleteClient(world: World): LogEntry {
  const client_id = takeOne(world.random, world.clients, 2);
  if (client_id === undefined) return createClient(world);
  const path = `clients/${client_id}`;
  return apiCall(world, { method: 'delete', path, description: 'Delete a client', body: null, status: 204 });
}

function grantClient(world: World): LogEntry {
  const body = {
    client_id: world.random.pick(world.clients),
    audience: 'https://api.example.com/',
    scope: ['read:all'],
  };
  const response = { id: newId(world.random, 'cgr_'), ...body };
  const description = 'Create client grant';
  return apiCall(world, { method: 'post', path: 'client-grants', description, body, status: 201, response });
}

function connectionEvent(world: World): LogEntry {
  const id = world.random.pick(world.connections);
  const body = { enabled_clients: [world.random.pick(world.clients)], options: { client_secret: '*****' } };
  const call = {
    path: `connections/${id}`,
    description: 'Update a connection',
    body,
    response: { id, ...body },
  };
  return apiCall(world, { method: 'patch', ...call, status: 200 });
}

/** A GET is logged only when it returned a secret, and then with little more than the id. */
function readClient(world: World): LogEntry {
  const client_id = world.random.pick(world.clients);
  const call = { path: `clients/${client_id}`, description: 'Get client by ID', response: { client_id } };
  return apiCall(world, {
    method: 'get',
    ...call,
    body: null,
    status: 200,
    accessedSecrets: ['client_secret'],
  });
}
