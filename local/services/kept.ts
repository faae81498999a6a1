import { UserError } from '../user-error.ts';

/**
 * Starts something on what an earlier run has kept.
 *
 * @throws {UserError} when that cannot be read or written: it says what it is, where it lies,
 * and what to do
 */
export async function onKept<T>(what: string, path: string, start: () => T | Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UserError(
      `${what} in ${path} cannot be used (${reason}): it is damaged, or belongs to somebody else. ` +
        'Put back a copy, or start empty with --fresh: what waits to be delivered there is forgotten then.',
    );
  }
}
