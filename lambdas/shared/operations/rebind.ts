import type { Ledger } from '../ledger/ledger.ts';
import { total } from '../queue/count.ts';
import { OperationError } from './operation-error.ts';
import type { OperationsDeps } from './operations-deps.ts';
import { type Standing, standing } from './standing.ts';

export interface RebindArgs {
  /** Also while events wait: they are delivered, but nobody keeps count of them any more. */
  readonly force?: boolean;
}

export interface Rebound {
  /** Where the former log had been read to; undefined when the ledger was not bound. */
  readonly cursor: string | undefined;
  /** Open batches of the former log that were forgotten: none, unless forced. */
  readonly forgotten: number;
}

const TRIES = 5;
const PAGE = 100;

type Deps = Pick<OperationsDeps, 'ledger' | 'pauses' | 'queue' | 'deadLetterQueue'>;

/**
 * Lets the ledger go of the log that it reads. The next poll binds it to the tenant that its settings name, and begins
 * there as on a new table, at START_FROM. Refused while anything of the former tenant is open, waits or is
 * dead-lettered, unless forced. Safe to repeat: of a ledger that is not bound nothing changes.
 */
export async function rebind(deps: Deps, { force = false }: RebindArgs = {}): Promise<Rebound> {
  const { ledger } = deps;
  for (let tries = 0; tries < TRIES; tries++) {
    const state = await ledger.readState();
    // The state before what is open: a batch that is claimed after this makes the state another one, and forgetting it fails.
    if (!force) refuseWhileOpen(await standing(deps));
    if (!state) return { cursor: undefined, forgotten: force ? await forgetBatches(ledger) : 0 };
    if (await ledger.forget(state))
      return { cursor: state.cursor, forgotten: force ? await forgetBatches(ledger) : 0 };
  }
  throw new OperationError(
    'overtaken',
    'polls kept moving the cursor meanwhile; nothing was changed: pause them first',
  );
}

function refuseWhileOpen({ pending, queued, deadLettered }: Standing): void {
  const waiting = total(queued);
  if (pending === 0 && waiting === 0 && deadLettered === 0) return;
  throw new OperationError(
    'refused',
    `${pending} events are not delivered yet (${waiting} messages in the queue, ${deadLettered} dead letters): let them be delivered, redrive or dismiss them first, or force it, and they are delivered without bookkeeping`,
  );
}

/** Of a former log all are: what is open in a table without a state nobody claims. */
async function forgetBatches(
  ledger: Pick<Ledger, 'openBatchesAfter' | 'removeBatch' | 'readState'>,
): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const batches = await ledger.openBatchesAfter(undefined, PAGE);
    // A poll has begun on the new log meanwhile: what is older than it is swept by it, or waits for a forced rebind.
    if (batches.length === 0 || (await ledger.readState())) return forgotten;
    for (const { id } of batches) await ledger.removeBatch(id);
    forgotten += batches.length;
  }
}
