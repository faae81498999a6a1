import type { LogEntry } from '../log-source.ts';
import { apiCall } from './api-call.ts';
import { newActionId, takeOne, type World } from './world.ts';

/** What belongs to the tenant as a whole, and the two-level collection of actions. */
export function settingsEvent(world: World): LogEntry {
  return world.random.weighted([
    [2, createAction],
    [2, updateAction],
    [2, updateBranding],
    [2, updateSettings],
    [2, setGuardianPolicies],
    [2, guardianUpdate],
    [1, dashboardOnly],
  ])(world);
}

function createAction(world: World): LogEntry {
  const id = newActionId(world.random);
  world.actions.push(id);
  const body = { name: 'add-claims', code: 'exports.onExecutePostLogin = async () => {};', secrets: '*****' };
  const call = { path: 'actions/actions', description: 'Create an action', body, response: { id, ...body } };
  return apiCall(world, { method: 'post', ...call, status: 201 });
}

function updateAction(world: World): LogEntry {
  const { random } = world;
  const retired = takeOne(random, world.actions, 8);
  if (retired !== undefined) {
    const call = { path: `actions/actions/${retired}`, description: 'Delete an action' };
    return apiCall(world, { method: 'delete', ...call, status: 204 });
  }
  const id = random.pick(world.actions);
  const call = random.chance(0.5)
    ? ({
        method: 'post',
        path: `actions/actions/${id}/deploy`,
        description: 'Deploy an action',
        status: 202,
      } as const)
    : ({
        method: 'patch',
        path: `actions/actions/${id}`,
        description: 'Update an action',
        status: 200,
      } as const);
  return apiCall(world, { ...call, body: { runtime: 'node22' }, response: { id } });
}

function updateBranding(world: World): LogEntry {
  const body = { colors: { primary: world.random.pick(['#0059d6', '#c2410c', '#15803d']) } };
  const call = { path: 'branding', description: 'Update branding settings', body, response: body };
  return apiCall(world, { method: 'patch', ...call, status: 200 });
}

function updateSettings(world: World): LogEntry {
  const body = {
    session_lifetime: world.random.between(24, 168),
    flags: { enable_client_connections: false },
  };
  const call = { path: 'tenants/settings', description: 'Update tenant settings', body, response: body };
  return apiCall(world, { method: 'patch', ...call, status: 200 });
}

/** Lists in both bodies. */
function setGuardianPolicies(world: World): LogEntry {
  const body = [world.random.pick(['all-applications', 'confidence-score'])];
  const call = { path: 'guardian/policies', description: 'Set Multi-factor Authentication policies', body };
  return apiCall(world, { method: 'put', ...call, status: 200, response: body });
}

/** Guardian writes its entries in a shape of its own: method in capitals, a path without version, another `auth`. */
function guardianUpdate({ random, clients }: World): LogEntry {
  const subject = `${random.pick(clients)}@clients`;
  const auth = { scopes: ['update:tenant_settings'], strategy: 'jwt_api2_internal_token', subject };
  const body = { friendly_name: 'Harbour Works', picture_url: 'https://www.example.com/logo.png' };
  return {
    type: 'gd_tenant_update',
    description: 'Guardian - Updates tenant settings',
    ip: '192.0.2.1',
    user_id: subject,
    details: {
      request: { method: 'PATCH', path: '/api/tenants/settings', query: {}, ip: '192.0.2.1', auth, body },
      response: { statusCode: 200, body },
    },
  };
}

/** The Dashboard calls endpoints that no documentation lists. */
function dashboardOnly(world: World): LogEntry {
  const body = { enabled: world.random.chance(0.5) };
  const call = {
    path: 'risk-assessment/config',
    description: 'Update risk assessment config',
    body,
    response: body,
  };
  return apiCall(world, { method: 'patch', ...call, status: 200 });
}
