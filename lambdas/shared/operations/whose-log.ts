import type { State } from '../ledger/items.ts';
import { OperationError } from './operation-error.ts';

/**
 * Refuses positions and events of another tenant. They look alike, as ids of one region begin
 * alike, but are none of this ledger's. Throws an OperationError.
 * @param tenant the tenant whose log the caller reads, by the settings; undefined when it reads
 *   none
 */
export function refuseOtherTenant(state: State | undefined, tenant: string | undefined): void {
  if (tenant === undefined || state?.tenant === undefined || state.tenant === tenant) return;
  throw new OperationError(
    'refused',
    `AUTH0_DOMAIN names the tenant ${tenant}, but this deployment reads the log of ${state.tenant}. Nothing was changed or sent: set AUTH0_DOMAIN right first`,
  );
}

/**
 * Refuses to go on when the ledger has been bound anew. A position of the former log would skip or
 * repeat entries of the next one. Throws an OperationError.
 */
export function refuseNewLedger(before: State, now: State): void {
  if (before.ledger === now.ledger) return;
  throw new OperationError(
    'refused',
    'meanwhile the ledger was bound to another tenant, or the table was made anew; nothing was changed: choose the position again',
  );
}
