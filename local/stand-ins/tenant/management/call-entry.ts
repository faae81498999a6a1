import { jsonOrUndefined } from '../../../../lambdas/shared/text/json.ts';
import type { Answer } from '../answer.ts';
import type { LogEntry } from '../log-source.ts';

export interface LoggedCall {
  readonly method: string;
  /** The path as it was sent, percent-encoded or not. */
  readonly path: string;
  readonly body: string;
  readonly description: string;
  readonly answer: Answer;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly userAgent: string;
  /** The SDKs' header: base64 of JSON. */
  readonly auth0Client: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Makes the entry that Auth0's log has of a call: `sapi`, or `fapi` for one that it refused, whose
 * description is the error's.
 */
export function callEntry(call: LoggedCall): LogEntry {
  const { method, path, body, description, answer, clientId, scopes, userAgent, auth0Client, now } = call;
  const isGood = answer.status < 400;
  const sdk = jsonOrUndefined(Buffer.from(auth0Client, 'base64').toString());
  return {
    date: new Date(now).toISOString(),
    type: isGood ? 'sapi' : 'fapi',
    description: isGood ? description : messageOf(answer.body, description),
    client_id: clientId,
    client_name: '',
    ip: '127.0.0.1',
    user_agent: userAgent,
    user_id: '',
    ...(sdk === undefined ? {} : { auth0_client: sdk }),
    details: {
      request: {
        method: method.toLowerCase(),
        path,
        query: {},
        userAgent,
        body: masked(jsonOrUndefined(body) ?? {}),
        channel: 'api',
        ip: '127.0.0.1',
        auth: { user: {}, strategy: 'jwt', credentials: { scopes } },
      },
      response: { statusCode: answer.status, body: answer.body },
    },
    $event_schema: { version: '1.0.0' },
    tenant_name: 'harbour-works',
    isMobile: false,
  };
}

function messageOf(body: unknown, otherwise: string): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : otherwise;
}

/** Masks passwords, as Auth0 writes none into its log. */
function masked(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('password' in body)) return body;
  return { ...body, password: '*****' };
}
