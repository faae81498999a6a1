import type { Auth0Connection } from '../../shared/settings/auth0-connection.ts';
import { growingPause } from './growing-pause.ts';
import { LogReadError } from './log-read-error.ts';
import { retryAfterMs } from './rate-limit.ts';

/**
 * The first pause between fresh tokens while `/logs` refuses each of them. Doubling makes some 30 a
 * day, where a token quota may be 50.
 */
const FIRST_RENEWAL_MS = 60_000;
const LONGEST_RENEWAL_MS = 3_600_000;
/** How long to wait when Auth0 does not say when the quota of tokens begins anew. */
const QUOTA_PAUSE_MS = 5 * 60_000;

export interface Access {
  /** Ends in `/api/v2`. */
  readonly baseUrl: string;
  readonly token: string;
}

/**
 * The token of one application. The `auth0` package fetches and refreshes it; it is kept as long as
 * the environment is warm.
 */
export interface AccessToken {
  /** Gives the token. Throws a LogReadError. */
  get(): Promise<Access>;
  /**
   * Gives up a token that `/logs` answered with 401. True when a fresh one may be tried now; false
   * while the last fresh one was refused, too.
   */
  renew(): boolean;
  /** Says that `/logs` took the token. */
  accepted(): void;
}

export function createAccessToken(connection: Auth0Connection, now: () => number): AccessToken {
  const renewals = growingPause(FIRST_RENEWAL_MS, LONGEST_RENEWAL_MS);
  const quota = growingPause(QUOTA_PAUSE_MS, QUOTA_PAUSE_MS);
  let retryAfter: number | undefined;

  // The package's error has no headers, so the answer is looked at as it passes.
  const watched: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    if (response.status === 429) retryAfter = retryAfterMs(response.headers, now());
    return response;
  };
  // Loaded when it is first needed: it brings Node's own fetch with it, a third of what importing
  // the function takes.
  const connect = async () => {
    const { managementAuth } = await import('./management-auth.ts');
    return managementAuth(connection, watched);
  };
  let connecting: ReturnType<typeof connect> | undefined;

  async function access(): Promise<Access> {
    const left = quota.leftMs(now());
    if (left > 0) throw LogReadError.ofTokenQuota(now() + left);
    connecting ??= connect();
    const auth = await connecting;
    try {
      return { baseUrl: auth.baseUrl, token: await auth.getToken() };
    } catch (cause) {
      const error = LogReadError.ofToken(cause);
      if (error.reason !== 'auth0.token-quota') throw error;
      quota.failed(now(), retryAfter);
      throw LogReadError.ofTokenQuota(now() + quota.leftMs(now()), cause);
    }
  }

  return {
    get: access,
    renew() {
      if (renewals.leftMs(now()) > 0) return false;
      renewals.failed(now());
      connecting = undefined;
      return true;
    },
    accepted: () => renewals.succeeded(),
  };
}
