import { setTimeout as sleep } from 'node:timers/promises';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';

/** How long to wait between tries while Auth0's rate limit is reached, and how often to try. */
const RATE_LIMIT_MS = 1_000;
const RATE_LIMIT_TRIES = 60;

/**
 * Reads again while Auth0's rate limit is reached. The poller draws on the same limit, and goes
 * first.
 */
export async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LogReadError)) throw error;
      if (error.reason !== 'auth0.rate-limit' || tries === RATE_LIMIT_TRIES) throw error;
      await sleep(Math.max(RATE_LIMIT_MS, (error.retryAt ?? 0) - Date.now()));
    }
  }
}
