import { type Answer, apiError } from './answer.ts';
import type { Tokens } from './tokens.ts';

/** What the `Authorization` header allows, or the answer that refuses it. */
export function bearerOf(
  tokens: Tokens,
  authorization: string,
): { readonly scopes: readonly string[] } | { readonly refusal: Answer } {
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1];
  if (token === undefined) return { refusal: apiError(401, 'Missing authentication') };
  if (!tokens.isGood(token)) return { refusal: apiError(401, 'Invalid token') };
  return { scopes: tokens.scopesOf(token) };
}

export function insufficientScope(expected: string): Answer {
  return apiError(403, `Insufficient scope, expected any of: ${expected}`, 'insufficient_scope');
}
