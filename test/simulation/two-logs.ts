import { Auth0Log } from './auth0-log.ts';
import type { World } from './world.ts';

/** The log that the settings should name, and one that they name by mistake or after a rebind. */
export interface TwoLogs {
  readonly own: Auth0Log;
  readonly other: Auth0Log;
}

/**
 * How much greater the numbers of the other log's ids are. They begin alike, as the tenants are of
 * one region.
 */
const OTHERS_NUMBERS = 9_000;
/** Entries that the other log has at the beginning. */
const OTHERS = 3;

/**
 * Makes both logs.
 * @param pass lets the time go by in which the first entries happen
 */
export function twoLogs(now: () => number, world: World, pass: (ms: number) => void): TwoLogs {
  const own = new Auth0Log(now, world.page, world.keptDays);
  const other = new Auth0Log(now, world.page, world.keptDays, OTHERS_NUMBERS);
  for (const letter of world.log.slice(0, world.initial)) {
    pass(1_000);
    own.append(letter, now());
  }
  for (const letter of world.log.replaceAll('=', 'z').slice(0, OTHERS)) {
    pass(1_000);
    other.append(letter, now());
  }
  return { own, other };
}
