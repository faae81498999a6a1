import { type Answer, apiError } from '../answer.ts';
import { bearerOf, insufficientScope } from '../bearer.ts';
import type { RateDecision } from '../rate-limit.ts';
import type { TenantLog } from '../tenant-log.ts';
import type { Tokens } from '../tokens.ts';
import { callEntry } from './call-entry.ts';
import type { Directory } from './directory.ts';
import { type Route, routeOf } from './routes.ts';

export interface ManagementEndpoint {
  readonly log: TenantLog;
  readonly tokens: Tokens;
  readonly directory: Directory;
  readonly decideRate: () => RateDecision;
  readonly origin: string;
  /** The caller's id, as the log has it. */
  readonly clientId: string;
  readonly now: () => number;
}

export interface ManagementRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly authorization: string;
  readonly userAgent: string;
  readonly auth0Client: string;
}

/**
 * Answers the calls of the Management API that make events, and writes them to the log. Tokens,
 * scopes, limits and errors are as the real API's.
 */
export function answerManagement(endpoint: ManagementEndpoint, request: ManagementRequest): Answer {
  const found = routeOf(request.method, request.url.pathname);
  if (!found) return apiError(404, 'Not Found');
  const bearer = bearerOf(endpoint.tokens, request.authorization);
  if ('refusal' in bearer) return bearer.refusal;
  const { allowed, headers } = endpoint.decideRate();
  if (!allowed) return { ...apiError(429, 'Global limit has been reached', 'too_many_requests'), headers };
  const { route, ids } = found;
  const answer = bearer.scopes.includes(route.scope)
    ? done(endpoint, route, ids, request, bearer.scopes)
    : insufficientScope(route.scope);
  return { ...answer, headers };
}

function done(
  { directory, log, clientId, now }: ManagementEndpoint,
  { handle, description }: Route,
  ids: readonly string[],
  { method, url, body, userAgent, auth0Client }: ManagementRequest,
  scopes: readonly string[],
): Answer {
  const answer = handle({ directory, ids, query: url.searchParams, body, now: now() });
  if (description !== undefined) {
    const path = url.pathname;
    const call = { method, path, body, description, answer, clientId, scopes, userAgent, auth0Client };
    log.append(callEntry({ ...call, now: now() }));
  }
  return answer;
}
