import type { LogEntry } from '../log-source.ts';
import { apiCall } from './api-call.ts';
import { person } from './people.ts';
import { inPath, newUserId, takeOne, type World } from './world.ts';

/** More users than this, and somebody is deleted. */
const MOST_USERS = 60;

export function userEvent(world: World): LogEntry {
  const { random, users } = world;
  if (users.length > MOST_USERS) return deleteUser(world);
  return random.weighted([
    [4, createUser],
    [5, updateUser],
    [3, deleteUser],
    [2, assignRoles],
  ])(world);
}

function createUser(world: World): LogEntry {
  const user_id = newUserId(world.random);
  world.users.push(user_id);
  const profile = person(world.random);
  const body = { ...profile, connection: 'Username-Password-Authentication', password: '*****' };
  const response = {
    ...profile,
    user_id,
    email_verified: false,
    identities: [{ provider: user_id.split('|')[0] }],
  };
  return apiCall(world, {
    method: 'post',
    path: 'users',
    description: 'Create a User',
    body,
    status: 201,
    response,
  });
}

function updateUser(world: World): LogEntry {
  const { random } = world;
  const user_id = random.pick(world.users);
  const body = random.pick([
    { app_metadata: { plan: random.pick(['free', 'pro']) } },
    { blocked: random.chance(0.5) },
  ]);
  const path = `users/${inPath(random, user_id)}`;
  const response = { user_id, ...body };
  return apiCall(world, { method: 'patch', path, description: 'Update a User', body, status: 200, response });
}

function deleteUser(world: World): LogEntry {
  const user_id = takeOne(world.random, world.users, 3);
  if (user_id === undefined) return createUser(world);
  const path = `users/${inPath(world.random, user_id)}`;
  return apiCall(world, { method: 'delete', path, description: 'Delete a User', body: {}, status: 204 });
}

function assignRoles(world: World): LogEntry {
  const { random } = world;
  const path = `users/${inPath(random, random.pick(world.users))}/roles`;
  const body = { roles: [random.pick(world.roles)] };
  const isRemoval = random.chance(0.3);
  const method = isRemoval ? 'delete' : 'post';
  const description = isRemoval ? 'Removes roles from a user' : 'Assign roles to a user';
  return apiCall(world, { method, path, description, body, status: 204, response: {} });
}
