import { UserError } from '../user-error.ts';

/** What to do, by words of the reason. None of these loses anything. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /database is locked/,
    'another program has it open, such as a viewer of databases. Close that, and start again.',
  ],
  [/disk is full|ENOSPC|EDQUOT/, 'there is no room on the disk. Make room, and start again.'],
];
const DAMAGED =
  'it is damaged, or belongs to somebody else. ' +
  'Put back a copy, or start empty with --fresh: what waits to be delivered there is forgotten then.';

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
    const [, remedy = DAMAGED] = REMEDIES.find(([words]) => words.test(reason)) ?? [];
    throw new UserError(`${what} in ${path} cannot be used (${reason}): ${remedy}`);
  }
}
