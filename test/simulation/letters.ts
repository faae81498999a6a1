import { idOf } from '../../lambdas/shared/log-event.ts';

/**
 * What happened in the tenant. `a`: a change of the user a. `A`: its deletion. `1`: its creation by
 * POST, in which only the answer says whose it is (`2`: b, and so on). `=`: an entry without a
 * `log_id`, with the same content as all others of its kind. `.`: something that is never an event.
 */
export type Letter = string;

const CREATED = 'abcdefghi';

export function userOf(letter: Letter): string {
  const number = Number(letter);
  return number > 0 ? (CREATED[number - 1] ?? letter) : letter.toLowerCase();
}

/**
 * Tells whether a log event passes the filter.
 * @param narrow true when the filter takes changes only
 */
export function matches(letter: Letter, narrow: boolean): boolean {
  if (letter === '.') return false;
  return !narrow || methodOf(letter) === 'patch';
}

function methodOf(letter: Letter): 'patch' | 'delete' | 'post' {
  if (Number(letter) > 0) return 'post';
  return letter === letter.toLowerCase() ? 'patch' : 'delete';
}

/** The log event as Auth0 shows it. */
export function eventOf(letter: Letter, logId: string, at: number): object {
  if (letter === '=') return WITHOUT_ID;
  const user = userOf(letter);
  const method = methodOf(letter);
  const path = method === 'post' ? '/api/v2/users' : `/api/v2/users/${user}`;
  return {
    log_id: logId,
    date: new Date(at).toISOString(),
    type: letter === '.' ? 's' : 'sapi',
    details: { request: { method, path }, response: { body: { user_id: user } } },
  };
}

const WITHOUT_ID = {
  date: '2026-01-01T00:00:00.000Z',
  type: 'sapi',
  details: { request: { method: 'patch', path: '/api/v2/users/=' }, response: {} },
};

/** The id under which the webhook gets each entry that has none. */
export const ID_OF_TWINS = idOf(WITHOUT_ID);
