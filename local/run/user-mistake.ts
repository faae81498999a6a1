import type { LogLine } from '../output/log-line.ts';
import { faultsMessage } from '../settings/local-settings.ts';
import { UserError } from '../user-error.ts';

/** Reasons of a failed poll that only the user can mend; the poller's message says what to check. */
const MISTAKES = ['auth0.credentials', 'auth0.scope', 'auth0.token', 'auth0.request', 'auth0.position'];

/** The line as a mistake that only the user can mend, if it is one: waiting would not help. */
export function userMistake(line: LogLine): UserError | undefined {
  if (line.event === 'settings.invalid' || line.event === 'settings.missing')
    return new UserError(faultsMessage(line.faults));
  if (line.event !== 'poll.failed' || !MISTAKES.includes(line.reason)) return undefined;
  return new UserError(`${line.message}.`);
}
