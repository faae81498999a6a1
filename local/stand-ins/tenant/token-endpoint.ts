import { z } from 'zod';
import { jsonOrUndefined } from '../../../lambdas/shared/text/json.ts';
import { type Answer, oauthError } from './answer.ts';
import type { Tokens } from './tokens.ts';

export interface TokenEndpoint {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
  readonly scope: string;
  readonly tokenSeconds: number;
  readonly tokens: Tokens;
}

const grantSchema = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  audience: z.string().optional(),
});

/** `POST /oauth/token` with the client credentials grant, as form or JSON. */
export function answerToken(endpoint: TokenEndpoint, contentType: string, body: string): Answer {
  const grant = grantSchema.safeParse(fields(contentType, body)).data;
  if (!grant) return oauthError(400, 'invalid_request', 'Missing required parameter');
  if (grant.grant_type !== 'client_credentials') {
    return oauthError(403, 'unsupported_grant_type', `Unsupported grant type: ${grant.grant_type}`);
  }
  const isClient = grant.client_id === endpoint.clientId && grant.client_secret === endpoint.clientSecret;
  if (!isClient) return oauthError(401, 'access_denied', 'Unauthorized');
  if (grant.audience !== endpoint.audience) {
    return oauthError(403, 'access_denied', `Service not enabled within domain: ${grant.audience ?? 'none'}`);
  }
  const { scope, tokenSeconds, tokens } = endpoint;
  const issued = { access_token: tokens.issue(), scope, expires_in: tokenSeconds, token_type: 'Bearer' };
  return { status: 200, body: issued, headers: { 'cache-control': 'no-store' } };
}

function fields(contentType: string, body: string): unknown {
  if (!contentType.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body));
  return jsonOrUndefined(body);
}
