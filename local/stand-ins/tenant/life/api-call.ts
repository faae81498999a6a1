import type { LogEntry } from '../log-source.ts';
import { caller } from './caller.ts';
import type { World } from './world.ts';

export interface ApiCall {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** After `/api/v2/`. */
  readonly path: string;
  readonly description: string;
  /** Absent: the log has no `body` at all. */
  readonly body?: unknown;
  readonly status: 200 | 201 | 202 | 204;
  /** Absent with 204, in most entries. */
  readonly response?: unknown;
  readonly accessedSecrets?: readonly string[];
}

/** A `sapi` entry (or `mgmt_api_read` for a GET) in the shape of the API's answers. */
export function apiCall(world: World, call: ApiCall): LogEntry {
  const { entry, request } = caller(world);
  const { method, description, status, accessedSecrets } = call;
  return {
    type: method === 'get' ? 'mgmt_api_read' : 'sapi',
    description,
    ...entry,
    details: {
      ...(accessedSecrets && { accessedSecrets }),
      request: {
        method,
        path: `/api/v2/${call.path}`,
        query: {},
        ...request,
        ...('body' in call && { body: call.body }),
      },
      response: { statusCode: status, ...('response' in call && { body: call.response }) },
    },
  };
}
