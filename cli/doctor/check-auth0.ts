import { createLogClient } from '../../lambdas/poller/reading/log-client.ts';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import { field } from '../../lambdas/shared/log-event.ts';
import { parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import type { Connection } from '../connect/connection.ts';
import { duration } from '../terminal/times.ts';
import { type Finding, right, wrong } from './check.ts';

/**
 * Checks the token, its scope and one page of the log. Finds nothing while the settings are wrong,
 * as another check tells that.
 */
export async function checkAuth0({ readSecret }: Connection, now: number): Promise<readonly Finding[]> {
  const parsed = parseAuth0Settings(await readSecret('auth0'));
  if ('faults' in parsed) return [];
  try {
    const { entries } = await createLogClient(parsed.settings.connection).search('newest');
    const newest = Date.parse(String(field(entries[0], 'date')));
    const since = Number.isNaN(newest) ? '' : `, the newest ${duration((now - newest) / 1_000)} ago`;
    return [
      right('Auth0 gives a token that may read the log'),
      entries.length > 0
        ? right(`Auth0's log has entries${since}`)
        : wrong("Auth0's log is empty", 'make a change in the Auth0 dashboard, then look again'),
    ];
  } catch (error) {
    if (error instanceof LogReadError)
      return [wrong("Auth0's log cannot be read", `${error.message} (${error.reason})`)];
    throw error;
  }
}
