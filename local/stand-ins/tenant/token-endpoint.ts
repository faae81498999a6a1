import { z } from 'zod';
import { jsonOrUndefined } from '../../../lambdas/shared/text/json.ts';
import { type Answer, oauthError } from './answer.ts';
import { ASSERTION_TYPE, assertionProblem } from './client-assertion.ts';
import type { QuotaDecision } from './token-quota.ts';
import type { Tokens } from './tokens.ts';

/** The application that may fetch tokens. */
export interface TokenClient {
  readonly id: string;
  secret: string;
  /**
   * A public key in PEM. With it an assertion that its private key has signed is accepted, and no
   * secret.
   */
  readonly publicKey: string | undefined;
  /** Scopes, separated by spaces. */
  readonly scope: string;
}

export interface TokenEndpoint {
  /** `https://<domain>` */
  readonly origin: string;
  readonly clients: readonly TokenClient[];
  readonly audience: string;
  readonly tokenSeconds: number;
  readonly tokens: Tokens;
  readonly decideQuota: () => QuotaDecision;
  readonly now: () => number;
}

const grantSchema = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_assertion: z.string().optional(),
  client_assertion_type: z.string().optional(),
  audience: z.string().optional(),
});
type Grant = z.infer<typeof grantSchema>;

/** Answers `POST /oauth/token` with the client credentials grant, as form or JSON. */
export function answerToken(endpoint: TokenEndpoint, contentType: string, body: string): Answer {
  const grant = grantSchema.safeParse(fields(contentType, body)).data;
  if (!grant) return oauthError(400, 'invalid_request', 'Missing required parameter');
  if (grant.grant_type !== 'client_credentials') {
    return oauthError(403, 'unsupported_grant_type', `Unsupported grant type: ${grant.grant_type}`);
  }
  const client = endpoint.clients.find(({ id }) => id === grant.client_id);
  if (!client) return UNAUTHORIZED;
  const refusal = clientRefusal(endpoint, client, grant);
  if (refusal) return refusal;
  if (grant.audience !== endpoint.audience) {
    return oauthError(403, 'access_denied', `Service not enabled within domain: ${grant.audience ?? 'none'}`);
  }
  const { allowed, headers } = endpoint.decideQuota();
  if (!allowed) return { ...oauthError(429, 'too_many_requests', 'Client quota exceeded'), headers };
  const { tokenSeconds, tokens } = endpoint;
  const { scope } = client;
  const issued = { access_token: tokens.issue(scope), scope, expires_in: tokenSeconds, token_type: 'Bearer' };
  return { status: 200, body: issued, headers: { 'cache-control': 'no-store', ...headers } };
}

const UNAUTHORIZED = oauthError(401, 'access_denied', 'Unauthorized');

function clientRefusal(
  { origin, now }: TokenEndpoint,
  client: TokenClient,
  grant: Grant,
): Answer | undefined {
  if (client.publicKey === undefined) return grant.client_secret === client.secret ? undefined : UNAUTHORIZED;
  if (grant.client_assertion_type !== ASSERTION_TYPE) return UNAUTHORIZED;
  const audiences = [`${origin}/`, `${origin}/oauth/token`];
  const check = { clientId: client.id, publicKey: client.publicKey, audiences, now: now() };
  const problem = assertionProblem(grant.client_assertion ?? '', check);
  return problem === undefined ? undefined : oauthError(401, 'invalid_client', problem);
}

function fields(contentType: string, body: string): unknown {
  if (!contentType.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body));
  return jsonOrUndefined(body);
}
