import type { LogLine } from '../output/log-line.ts';
import { faultsMessage } from '../settings/local-settings.ts';
import { UserError } from '../user-error.ts';

/**
 * Reasons of a failed poll that only the user can mend. The poller's message says what to check.
 */
const MISTAKES = ['auth0.credentials', 'auth0.scope', 'auth0.token', 'auth0.request', 'auth0.position'];

/**
 * The mistake that a line is about, if it is one that only the user can mend and that ends the run.
 * A run that goes on for ever waits for mended settings. It does not wait in another tenant's
 * state, as `.env` is read at the start only.
 */
export function userMistake(line: LogLine, once: boolean): UserError | undefined {
  if (line.event === 'poll.failed' && line.reason === 'auth0.tenant')
    return new UserError(
      `${line.message}. Here: set AUTH0_DOMAIN back, keep the two apart by another --data, or start empty with --fresh.`,
    );
  if (!once) return undefined;
  if (line.event === 'settings.invalid' || line.event === 'settings.missing')
    return new UserError(faultsMessage(line.faults));
  if (line.event !== 'poll.failed' || !MISTAKES.includes(line.reason)) return undefined;
  return new UserError(`${line.message}.`);
}
