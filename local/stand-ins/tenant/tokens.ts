import { randomUUID } from 'node:crypto';

/** Access tokens of the simulated tenant. */
export interface Tokens {
  issue(scope: string): string;
  /** Issued, not expired, not revoked. */
  isGood(token: string): boolean;
  /** What a good token allows. */
  scopesOf(token: string): readonly string[];
  /** Makes worthless all that were issued so far. */
  revoke(): void;
}

/** What a token starts with, so that a test can search any output for one. */
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
