import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, apiError } from './answer.ts';
import { reset, send, type TenantFault, type TenantRequest } from './fault.ts';
import { answerLogs, type LogsEndpoint } from './logs-endpoint.ts';
import { answerManagement, type ManagementEndpoint } from './management/management-endpoint.ts';
import { answerToken, type TokenEndpoint } from './token-endpoint.ts';

/** Counts since the start. */
export interface RequestCounts {
  /** Requests of `/api/v2/logs`, whatever their answer. */
  logs: number;
  /** Requests of `/oauth/token`, whatever their answer. */
  token: number;
  /** Other calls of the Management API, whatever their answer. */
  management: number;
  /** Pages of the log that were answered with 200. */
  pages: number;
  tokensIssued: number;
  rateLimited: number;
}

export interface TenantServer {
  readonly origin: string;
  readonly latencyMs: number;
  readonly token: TokenEndpoint;
  readonly logs: LogsEndpoint;
  readonly management: ManagementEndpoint;
  readonly onRequest: () => ((request: TenantRequest) => TenantFault | undefined) | undefined;
  readonly counts: RequestCounts;
}

/** Answers one request of the simulated tenant, or has it fail as the test wants. */
export async function serve(
  server: TenantServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', server.origin);
  const kind = kindOf(request.method, url);
  const body = await text(request);
  if (kind === undefined) return send(response, apiError(404, 'Not Found'));

  server.counts[kind] += 1;
  const fault = server.onRequest()?.({ kind, url, count: server.counts[kind] });
  if (fault === 'hang') return;
  if (fault === 'reset') return reset(request);
  const delayMs = server.latencyMs + (isDelay(fault) ? fault.delayMs : 0);
  if (delayMs > 0) await delay(delayMs);
  const answer = isAnswer(fault) ? fault : answerTo(server, kind, url, request, body);
  count(server.counts, kind, answer);
  send(response, answer, fault);
}

function kindOf(method: string | undefined, { pathname }: URL): TenantRequest['kind'] | undefined {
  if (method === 'POST' && pathname === '/oauth/token') return 'token';
  if (method === 'GET' && pathname === '/api/v2/logs') return 'logs';
  if (pathname.startsWith('/api/v2/')) return 'management';
  return undefined;
}

function answerTo(
  server: TenantServer,
  kind: TenantRequest['kind'],
  url: URL,
  { headers, method = 'GET' }: IncomingMessage,
  body: string,
): Answer {
  const authorization = headers.authorization ?? '';
  if (kind === 'token') return answerToken(server.token, headers['content-type'] ?? '', body);
  if (kind === 'logs') return answerLogs(server.logs, url, authorization);
  const userAgent = headers['user-agent'] ?? '';
  const auth0Client = [headers['auth0-client'] ?? ''].flat().join('');
  return answerManagement(server.management, { method, url, body, authorization, userAgent, auth0Client });
}

function count(counts: RequestCounts, kind: TenantRequest['kind'], { status }: Answer): void {
  if (status === 429) counts.rateLimited += 1;
  if (status !== 200) return;
  if (kind === 'token') counts.tokensIssued += 1;
  if (kind === 'logs') counts.pages += 1;
}

function isAnswer(fault: TenantFault | undefined): fault is Answer {
  return typeof fault === 'object' && 'status' in fault;
}

function isDelay(fault: TenantFault | undefined): fault is { readonly delayMs: number } {
  return typeof fault === 'object' && 'delayMs' in fault;
}
