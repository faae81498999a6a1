import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Tenant } from '../../../../local/stand-ins/tenant/tenant.ts';
import { askForToken, call, readerOf, tenantAtNow, tokenOf } from './tenant-client.ts';

const token = z.object({ access_token: z.string() });
const DATABASE = 'Username-Password-Authentication';
const NEW_USER = { email: 'avenna@example.com', connection: DATABASE, password: 'a long one' };

async function managerOf(tenant: Tenant) {
  const { clientId: client_id, clientSecret: client_secret } = tenant.management;
  const { text } = await askForToken(tenant, { client_id, client_secret });
  const headers = {
    authorization: `Bearer ${token.parse(JSON.parse(text)).access_token}`,
    'content-type': 'application/json',
  };
  return async (method: string, path: string, body?: object) => {
    const answer = await call(tenant, `/api/v2/${path}`, { method, headers, body: JSON.stringify(body) });
    return { ...answer, json: answer.text === '' ? undefined : JSON.parse(answer.text) };
  };
}

describe('the Management API of the simulated tenant', () => {
  it('creates, changes and deletes a user, and logs each as Auth0 does', async () => {
    const tenant = await tenantAtNow();
    const manage = await managerOf(tenant);

    const created = await manage('POST', 'users', NEW_USER);
    const path = `users/${encodeURIComponent(created.json.user_id)}`;
    const changed = await manage('PATCH', path, { email: 'torvik@example.com' });
    const read = await manage('GET', path);
    const roles = await manage('GET', 'roles');
    const assigned = await manage('POST', `${path}/roles`, { roles: [roles.json[0].id] });
    const deleted = await manage('DELETE', path);
    const gone = await manage('GET', path);

    const answers = [created, changed, read, assigned, deleted, gone];

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 204, 204, 404]);
    expect(read.json).toMatchObject({ email: 'torvik@example.com', email_verified: false });
    expect(tenant.entries().map(({ type, description }) => [type, description])).toEqual([
      ['sapi', 'Create a User'],
      ['sapi', 'Update a User'],
      ['sapi', 'Assign roles to a user'],
      ['sapi', 'Delete a User'],
    ]);
    expect(JSON.stringify(tenant.entries())).not.toContain('a long one');
    expect((await (await readerOf(tenant)).ids('?from=&take=10')).length).toBe(4);
  });

  it('changes a connection that exists, and refuses another', async () => {
    const tenant = await tenantAtNow();
    const manage = await managerOf(tenant);

    const connections = await manage('GET', 'connections');
    const changed = await manage('PATCH', `connections/${connections.json[0].id}`, {
      options: { mfa: { active: true } },
    });
    const unknown = await manage('PATCH', 'connections/con_no', { options: {} });

    expect([changed.status, unknown.status]).toEqual([200, 404]);
    expect(unknown.json).toMatchObject({ error: 'Not Found', errorCode: 'inexistent_connection' });
  });

  it.each([
    [{ connection: DATABASE }, 400, "Payload validation error: 'Missing required property: email'."],
    [{ email: 'x@example.com' }, 400, "Payload validation error: 'Missing required property: connection'."],
    [
      { ...NEW_USER, colour: 1 },
      400,
      "Payload validation error: 'Additional properties not allowed: colour'.",
    ],
    [NEW_USER, 409, 'The user already exists.'],
  ])('refuses %j as Auth0 does, and logs the refusal', async (body, status, message) => {
    const tenant = await tenantAtNow();
    const manage = await managerOf(tenant);
    await manage('POST', 'users', NEW_USER);

    const refused = await manage('POST', 'users', body);

    expect(refused.json).toMatchObject({ statusCode: status, message });
    expect(tenant.entries().at(-1)).toMatchObject({ type: 'fapi', description: message });
  });

  it('wants a token with the scope of the call, and logs nothing else', async () => {
    const tenant = await tenantAtNow();
    const authorization = `Bearer ${await tokenOf(tenant)}`; // of the application that reads the log
    const post = (headers: Record<string, string>) =>
      call(tenant, '/api/v2/users', { method: 'POST', headers, body: JSON.stringify(NEW_USER) });

    const answers = [
      await post({}),
      await post({ authorization: 'Bearer no' }),
      await post({ authorization }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403]);
    expect(answers[2]?.text).toContain('Insufficient scope, expected any of: create:users');
    expect(tenant.entries()).toEqual([]);
  });

  it('knows after a restart whom the log tells of', async () => {
    const before = await tenantAtNow();
    const manage = await managerOf(before);
    const { user_id: kept } = (await manage('POST', 'users', NEW_USER)).json;
    const { user_id: gone } = (await manage('POST', 'users', { ...NEW_USER, email: 'b@example.com' })).json;
    await manage('DELETE', `users/${gone}`);

    const after = await tenantAtNow({ seed: 99 });
    after.append(before.entries());

    expect(after.call('PATCH', `users/${kept}`, { blocked: true }).status).toBe(200);
    expect(after.call('PATCH', `users/${gone}`, { blocked: true }).status).toBe(404);
  });

  it('can be called by the SDK', async () => {
    const tenant = await tenantAtNow();
    const { clientId, clientSecret, audience } = tenant.management;
    const options = { domain: tenant.domain, clientId, clientSecret, audience };
    const script = `
      import { ManagementClient } from 'auth0';
      const api = new ManagementClient(${JSON.stringify(options)});
      const { user_id } = await api.users.create(${JSON.stringify(NEW_USER)});
      await api.users.update(user_id, { app_metadata: { plan: 'pro' } });
      await api.users.delete(user_id);
      console.log(user_id);`;

    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: tenant.caFile } },
    );

    expect(stdout).toMatch(/^auth0\|[0-9a-f]{24}\n$/);
    expect(tenant.entries().map(({ description }) => description)).toEqual([
      'Create a User',
      'Update a User',
      'Delete a User',
    ]);
    expect(tenant.entries()[0]).toMatchObject({ auth0_client: { name: 'node-auth0' } });
  });
});
