import { randomUUID } from 'node:crypto';

/** Access tokens of the simulated tenant. */
export interface Tokens {
  issue(scope: string): string;
  /** True when the token was issued, and has neither expired nor been revoked. */
  isGood(token: string): boolean;
  /** Scopes of a good token. */
  scopesOf(token: string): readonly string[];
  /** Makes all tokens worthless that were issued so far. */
  revoke(): void;
}

/** The beginning of every token, so that a test can search any output for one. */
export const TOKEN_PREFIX = 'simulated-token-';

export function createTokens(lifeSeconds: number, now: () => number): Tokens {
  const issued = new Map<string, { readonly expiry: number; readonly scope: string }>();
  return {
    issue(scope) {
      const token = TOKEN_PREFIX + randomUUID();
      issued.set(token, { expiry: now() + lifeSeconds * 1000, scope });
      return token;
    },
    isGood(token) {
      return now() < (issued.get(token)?.expiry ?? 0);
    },
    scopesOf: (token) => issued.get(token)?.scope.split(' ') ?? [],
    revoke() {
      issued.clear();
    },
  };
}
