import type { State } from '../ledger/items.ts';
import { total } from '../queue/count.ts';
import { OperationError } from './operation-error.ts';
import type { OperationsDeps } from './operations-deps.ts';
import { type Standing, standing } from './standing.ts';

export interface RebindArgs {
  /** The tenant's own domain: what AUTH0_DOMAIN (or the host of AUTH0_AUDIENCE) will be. */
  readonly tenant: string;
  /**
   * True to bind while events wait, too. Their messages are delivered, but nobody keeps count of
   * them any more.
   */
  readonly force?: boolean;
}

export interface Rebound {
  /** The former tenant; undefined when the ledger was bound to none. */
  readonly from: string | undefined;
  readonly to: string;
  /** Where the former log had been read to. */
  readonly cursor: string | undefined;
  /** Events of the former log that nobody keeps count of any more; none, unless forced. */
  readonly forgotten: number;
}

const TRIES = 5;

type Deps = Pick<OperationsDeps, 'ledger' | 'pauses' | 'queue' | 'deadLetterQueue' | 'now' | 'randomId'>;

/**
 * Binds the ledger to another tenant. Polls whose settings name that tenant begin there as on a new
 * table, at START_FROM. Others go on to fail, so the settings may be changed before or after this.
 * A new ledger id is drawn, to which no message and no batch of the former tenant belongs. It is
 * refused while anything of the former tenant is open, waits or is dead-lettered, unless forced.
 * Repeating is safe.
 */
export async function rebind(deps: Deps, { tenant, force = false }: RebindArgs): Promise<Rebound> {
  const to = tenantNamed(tenant);
  for (let tries = 0; tries < TRIES; tries++) {
    const state = await deps.ledger.readState();
    if (!state) return { from: undefined, to, cursor: undefined, forgotten: 0 }; // the first poll binds it
    if (state.tenant === to) return { from: to, to, cursor: state.cursor, forgotten: 0 };
    // The state is read before what is open. A batch that is claimed after this changes the state,
    // and the write fails.
    const now = await standing(deps);
    if (!force) refuseWhileOpen(now);
    await deps.ledger.clearCheckpoint(); // when the former log was read to its end says nothing of the next one
    if (await bind(state, to, deps))
      return { from: state.tenant, to, cursor: state.cursor, forgotten: now.pending };
  }
  throw new OperationError(
    'overtaken',
    'polls kept moving the cursor meanwhile; nothing was changed: pause them first',
  );
}

async function bind(state: State, tenant: string, { ledger, randomId }: Deps): Promise<State | undefined> {
  // `seq` goes on by one. Every batch of the former tenant is then older, and no poll of that
  // tenant finds the state as it read it. An operator's clock may be ahead of the polls', so it
  // sets nothing.
  return await ledger.claim(state, {
    ledger: randomId(),
    tenant,
    cursor: '',
    startsAnew: true,
    last: undefined,
    grouping: undefined,
    skipped: undefined, // no message of the former ledger looks like one of the new ledger
    abandoned: { seq: state.seq, wholly: true },
  });
}

function tenantNamed(text: string): string {
  const tenant = text.trim().toLowerCase();
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(tenant)) return tenant;
  throw new OperationError('argument', `"${text}" is no tenant's domain, such as example.eu.auth0.com`);
}

function refuseWhileOpen({ pending, queued, deadLettered }: Standing): void {
  const waiting = total(queued);
  if (pending === 0 && waiting === 0 && deadLettered === 0) return;
  throw new OperationError(
    'refused',
    `${pending} events are not delivered yet (${waiting} messages in the queue, ${deadLettered} dead letters): let them be delivered, redrive or dismiss them first, or force it, and they are delivered without bookkeeping`,
  );
}
