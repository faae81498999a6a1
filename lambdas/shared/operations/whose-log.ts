import type { State } from '../ledger/items.ts';
import { OperationError } from './operation-error.ts';

/**
 * Positions and events of another tenant are none of this ledger's, though they look alike: ids of
 * one region begin alike. Throws an OperationError.
 * @param tenant whose log the caller reads, by the settings; undefined: it reads none
 */
export function refuseOtherTenant(state: State | undefined, tenant: string | undefined): void {
  if (tenant === undefined || state?.tenant === undefined || state.tenant === tenant) return;
  throw new OperationError(
    'refused',
    `AUTH0_DOMAIN names the tenant ${tenant}, but this deployment reads the log of ${state.tenant}. Nothing was changed or sent: set AUTH0_DOMAIN right first`,
  );
}

/**
 * A position that was chosen in the log before would skip or repeat what this one holds. Throws an
 * OperationError.
 */
export function refuseNewLedger(before: State, now: State): void {
  if (before.ledger === now.ledger) return;
  throw new OperationError(
    'refused',
    'meanwhile the ledger was bound to another tenant, or the table was made anew; nothing was changed: choose the position again',
  );
}
