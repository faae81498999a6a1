import { randomUUID } from 'node:crypto';

/** Access tokens of the simulated tenant. */
export interface Tokens {
  issue(): string;
  /** Issued, not expired, not revoked. */
  isGood(token: string): boolean;
  /** Makes worthless all that were issued so far. */
  revoke(): void;
}

/** What a token starts with, so that a test can search any output for one. */
export const TOKEN_PREFIX = 'simulated-token-';

export function createTokens(lifeSeconds: number, now: () => number): Tokens {
  const expiries = new Map<string, number>();
  return {
    issue() {
      const token = TOKEN_PREFIX + randomUUID();
      expiries.set(token, now() + lifeSeconds * 1000);
      return token;
    },
    isGood(token) {
      return now() < (expiries.get(token) ?? 0);
    },
    revoke() {
      expiries.clear();
    },
  };
}
