import { positionBefore, prefixOf } from '../../shared/log-position.ts';
import type { LogClient } from './log-client.ts';
import { LogReadError } from './log-read-error.ts';
import { isAfter, isMadeUp, newestOf, oldestOf, positionsOf } from './positions.ts';

const WAYS_OUT =
  'set AUTH0_DOMAIN back, and reading goes on where it stood; or bind this deployment to the new tenant (docs/operations.md, "Another tenant")';

/**
 * Refuses settings that name another tenant than the state. A position of another tenant's log
 * would skip entries, or read them twice, in silence.
 */
export function checkTenant(known: string, named: string): void {
  if (known === named) return;
  throw new LogReadError(
    'auth0.tenant',
    `AUTH0_DOMAIN names the tenant ${named}, but this deployment reads the log of ${known}: ${WAYS_OUT}`,
  );
}

/**
 * Checks that a cursor without a tenant, as a table of version 1.0 has, belongs to this log. It
 * does when the entry at the cursor is there, or when Auth0 cannot keep it any more and the ids
 * begin alike. An entry that is missing although older ones are there belongs to another tenant.
 */
export async function checkCursorIsOf(log: LogClient, cursor: string, named: string): Promise<void> {
  const before = positionBefore(cursor);
  if (before === undefined || (await isEntry(log, before, cursor))) return;
  const newest = await newestOf(log);
  if (newest === undefined) return; // a log in which nothing is, is any log
  const { position: oldest } = await oldestOf(log);
  const reachesBack = oldest !== undefined && isAfter(cursor, oldest);
  if (prefixOf(newest) === prefixOf(cursor) && (isMadeUp(cursor) || !reachesBack)) return;
  throw new LogReadError(
    'auth0.tenant',
    `the cursor ${cursor} is no position in the log of ${named}, the tenant that AUTH0_DOMAIN names: ${WAYS_OUT}`,
  );
}

async function isEntry(log: LogClient, before: string, cursor: string): Promise<boolean> {
  const [first] = positionsOf(await log.page(before));
  return first === cursor;
}
