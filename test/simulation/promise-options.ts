import type { Auth0Log } from './auth0-log.ts';
import type { StateTable } from './state-table.ts';

/** What a run's oracle looks at. */
export interface PromiseOptions {
  /** The log of the tenant to which the ledger is bound. */
  readonly log: () => Auth0Log;
  readonly logs: readonly Auth0Log[];
  readonly table: () => StateTable;
  readonly step: () => number;
  readonly now: () => number;
  readonly totalOrder: boolean;
  /**
   * True when a new table, or one that was bound to another tenant, begins at the end of the log.
   */
  readonly beginsAtTheEnd: boolean;
  /** Called when the run takes a rare path. */
  readonly meet: (path: string) => void;
}
