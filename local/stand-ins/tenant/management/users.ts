import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type Answer, apiError } from '../answer.ts';
import { DATABASE } from '../life/shape.ts';
import type { Call } from './call.ts';
import { invalidBody, validated } from './validate.ts';

const object = z.record(z.string(), z.unknown());
const changeable = {
  email: z.email().optional(),
  username: z.string().optional(),
  phone_number: z.string().optional(),
  password: z.string().optional(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  nickname: z.string().optional(),
  picture: z.url().optional(),
  blocked: z.boolean().optional(),
  email_verified: z.boolean().optional(),
  verify_email: z.boolean().optional(),
  user_metadata: object.optional(),
  app_metadata: object.optional(),
};
const created = z.strictObject({ connection: z.string(), user_id: z.string().optional(), ...changeable });
const patched = z.strictObject({
  connection: z.string().optional(),
  client_id: z.string().optional(),
  ...changeable,
});
const assigned = z.strictObject({ roles: z.array(z.string()).min(1) });

const NO_USER = apiError(404, 'The user does not exist.', 'inexistent_user');

export function createUser({ directory, body, now }: Call): Answer {
  const parsed = validated(created, body);
  if ('refusal' in parsed) return parsed.refusal;
  const { password, verify_email: _, connection, user_id, ...profile } = parsed.data;
  if (connection === DATABASE && profile.email === undefined && profile.username === undefined)
    return invalidBody('Missing required property: email');
  if (connection === DATABASE && password === undefined)
    return invalidBody('Missing required property: password');
  const bare = user_id ?? randomBytes(12).toString('hex');
  const id = `auth0|${bare}`;
  if (directory.user(id) || (profile.email !== undefined && directory.byEmail(profile.email)))
    return apiError(409, 'The user already exists.', 'auth0_idp_error');
  const at = new Date(now).toISOString();
  const user = {
    email_verified: false,
    name: profile.email ?? profile.username,
    ...profile,
    user_id: id,
    identities: [{ connection, user_id: bare, provider: 'auth0', isSocial: false }],
    created_at: at,
    updated_at: at,
  };
  directory.keep(id, user);
  return { status: 201, body: user };
}

export function readUser({ directory, ids }: Call): Answer {
  const user = directory.user(ids[0] ?? '');
  return user ? { status: 200, body: user } : NO_USER;
}

export function listUsers({ directory, query }: Call): Answer {
  const perPage = Math.min(100, Number(query.get('per_page') ?? 50) || 50);
  const first = (Number(query.get('page') ?? 0) || 0) * perPage;
  const all = directory.world.all('user').map((id) => directory.user(id));
  const users = all.slice(first, first + perPage);
  if (query.get('include_totals') !== 'true') return { status: 200, body: users };
  return {
    status: 200,
    body: { start: first, limit: perPage, length: users.length, total: all.length, users },
  };
}

export function updateUser({ directory, ids: [id = ''], body, now }: Call): Answer {
  const parsed = validated(patched, body);
  if ('refusal' in parsed) return parsed.refusal;
  const user = directory.user(id);
  if (!user) return NO_USER;
  const changed = { ...user, ...profileOf(parsed.data), updated_at: new Date(now).toISOString() };
  directory.keep(id, changed);
  return { status: 200, body: changed };
}

/** The body without the fields that are orders rather than parts of the user. */
function profileOf({ password, verify_email, connection, client_id, ...profile }: z.infer<typeof patched>) {
  return profile;
}

/** Deletes a user. One that does not exist is as good as deleted: 204, as the real API answers. */
export function deleteUser({ directory, ids: [id = ''] }: Call): Answer {
  directory.remove(id);
  return { status: 204, body: undefined };
}

/** Gives roles, or takes them away; both answer the same. */
export function changeRoles({ directory, ids: [id = ''], body }: Call): Answer {
  const parsed = validated(assigned, body);
  if ('refusal' in parsed) return parsed.refusal;
  if (!directory.user(id)) return NO_USER;
  const roles = directory.world.all('role');
  if (parsed.data.roles.some((role) => !roles.includes(role)))
    return apiError(404, 'The role does not exist.', 'inexistent_role');
  return { status: 204, body: undefined };
}
