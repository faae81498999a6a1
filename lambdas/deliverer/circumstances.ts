import type { State } from '../shared/ledger/items.ts';
import { STATE } from '../shared/ledger/ledger.ts';
import { parseState } from '../shared/ledger/parse-items.ts';
import { PAUSE, type Pauses, parsePauses } from '../shared/ledger/pause.ts';
import type { Table } from '../shared/ledger/table.ts';
import { ENDPOINT, type StoredEndpoint, storedEndpoint } from './endpoint/store.ts';

/** What an invocation has to know besides its batches. */
export interface Circumstances {
  /** Undefined while the table is unused. */
  readonly state: State | undefined;
  readonly pauses: Pauses;
  readonly endpoint: StoredEndpoint;
}

/**
 * Reads the circumstances in one consistent request. The items lie from `endpoint` to `state` in
 * the order of sort keys, and the batches before them. Small notes that lie in between are not
 * looked at. Throws when the state or the pause is none.
 */
export async function readCircumstances(table: Pick<Table, 'range'>): Promise<Circumstances> {
  const items = await table.range(ENDPOINT, STATE);
  const state = items.get(STATE);
  const pause = items.get(PAUSE);
  return {
    state: state && parseState(state),
    pauses: pause ? parsePauses(pause) : {},
    endpoint: storedEndpoint(items.get(ENDPOINT)),
  };
}
