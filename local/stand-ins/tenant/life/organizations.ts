import type { LogEntry } from '../log-source.ts';
import { apiCall } from './api-call.ts';
import { person } from './people.ts';
import { newId, takeOne, type World } from './world.ts';

export function organizationEvent(world: World): LogEntry {
  return world.random.weighted([
    [2, createOrganization],
    [1, deleteOrganization],
    [3, addMembers],
    [2, invite],
    [2, createRole],
    [2, updateRole],
  ])(world);
}

function createOrganization(world: World): LogEntry {
  const id = newId(world.random, 'org_');
  world.organizations.push(id);
  const body = { name: `org-${world.random.between(100, 999)}`, display_name: 'Harbour Works' };
  const call = {
    path: 'organizations',
    description: 'Create an Organization',
    body,
    response: { id, ...body },
  };
  return apiCall(world, { method: 'post', ...call, status: 201 });
}

function deleteOrganization(world: World): LogEntry {
  const id = takeOne(world.random, world.organizations, 2);
  if (id === undefined) return createOrganization(world);
  const call = { path: `organizations/${id}`, description: 'Delete an Organization' };
  return apiCall(world, { method: 'delete', ...call, status: 204 });
}

function addMembers(world: World): LogEntry {
  const path = `organizations/${world.random.pick(world.organizations)}/members`;
  const body = { members: [world.random.pick(world.users)] };
  const call = { path, description: 'Add members to an organization', body };
  return apiCall(world, { method: 'post', ...call, status: 204 });
}

function invite(world: World): LogEntry {
  const path = `organizations/${world.random.pick(world.organizations)}/invitations`;
  const { name, email } = person(world.random);
  const body = { inviter: { name }, invitee: { email }, client_id: world.random.pick(world.clients) };
  const response = { id: newId(world.random, 'uinv_'), ...body, ticket_id: '*****' };
  const description = 'Create an Organization Invitation';
  return apiCall(world, { method: 'post', path, description, body, status: 200, response });
}

function createRole(world: World): LogEntry {
  const id = newId(world.random, 'rol_');
  world.roles.push(id);
  const body = { name: `role-${world.random.between(100, 999)}`, description: 'May look at everything' };
  const call = { path: 'roles', description: 'Create a role', body, response: { id, ...body } };
  return apiCall(world, { method: 'post', ...call, status: 200 });
}

function updateRole(world: World): LogEntry {
  const retired = takeOne(world.random, world.roles, 12);
  if (retired !== undefined) {
    const call = { path: `roles/${retired}`, description: 'Delete a role', response: {} };
    return apiCall(world, { method: 'delete', ...call, status: 200 });
  }
  const path = `roles/${world.random.pick(world.roles)}/permissions`;
  const body = {
    permissions: [{ permission_name: 'read:all', resource_server_identifier: 'https://api.example.com/' }],
  };
  const description = 'Associate permissions with a role';
  return apiCall(world, { method: 'post', path, description, body, status: 201, response: {} });
}
