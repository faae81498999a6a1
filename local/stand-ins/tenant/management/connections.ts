import * as z from 'zod';
import { type Answer, apiError } from '../answer.ts';
import { DATABASE } from '../life/shape.ts';
import type { Call } from './call.ts';
import { validated } from './validate.ts';

const patched = z.strictObject({
  display_name: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  enabled_clients: z.array(z.string()).optional(),
  is_domain_connection: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
  realms: z.array(z.string()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export function listConnections({ directory }: Call): Answer {
  const connections = directory.world.all('con').map((id) => connection(id));
  return { status: 200, body: connections };
}

export function updateConnection({ directory, ids: [id = ''], body }: Call): Answer {
  const parsed = validated(patched, body);
  if ('refusal' in parsed) return parsed.refusal;
  if (!directory.world.all('con').includes(id))
    return apiError(404, 'The connection does not exist', 'inexistent_connection');
  return { status: 200, body: { ...connection(id), ...parsed.data } };
}

export function listRoles({ directory }: Call): Answer {
  const roles = directory.world.all('role').map((id, index) => ({ id, name: `Role ${index + 1}` }));
  return { status: 200, body: roles };
}

function connection(id: string) {
  return { id, name: `${DATABASE}-${id.slice(-4)}`, strategy: 'auth0', options: {}, enabled_clients: [] };
}
