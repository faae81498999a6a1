import type { State } from '../../shared/ledger/items.ts';
import type { PollDeps } from '../poll-deps.ts';
import { BEGINNING, beginningOf, startPosition } from './start-position.ts';
import { checkCursorIsOf, checkTenant } from './whose-log.ts';

/**
 * The state of the log that the settings name, made at the first poll; `empty` while the log holds
 * nothing to begin at. Throws when the state is another tenant's.
 */
export async function openState(deps: PollDeps): Promise<State | 'empty' | 'overtaken'> {
  const known = await deps.ledger.readState();
  const state = known ? await boundState(known, deps) : await firstState(deps);
  if (!state) return 'overtaken';
  if (state.cursor !== BEGINNING) return state;
  const beginning = await beginningOf(deps.log);
  if (beginning === undefined) return 'empty';
  return (await deps.ledger.claim(state, { cursor: beginning })) ?? 'overtaken';
}

async function firstState(deps: PollDeps): Promise<State | undefined> {
  const { ledger, log, settings, grouping, randomId, now, tell } = deps;
  const cursor = await startPosition(settings.startFrom, log);
  const { tenant } = settings.connection;
  const state = await ledger.createState(randomId(), cursor, now(), { tenant, grouping });
  if (state) tell('info', 'reading.began', { from: cursor, tenant });
  return state;
}

/** The first way of telling resources, which tables of version 1.0 have. */
const FIRST_VERSION = 1;

async function boundState(state: State, deps: PollDeps): Promise<State | undefined> {
  const { ledger, log, settings } = deps;
  const { tenant } = settings.connection;
  if (state.tenant === undefined) {
    await checkCursorIsOf(log, state.cursor, tenant);
    const grouping = { order: deps.grouping.order, version: FIRST_VERSION } as const;
    return await ledger.claim(state, { tenant, grouping });
  }
  checkTenant(state.tenant, tenant);
  if (!state.startsAnew) return state;
  const cursor = await startPosition(settings.startFrom, log);
  const begun = await ledger.claim(state, { cursor, startsAnew: undefined, grouping: deps.grouping });
  if (begun) deps.tell('info', 'reading.began', { from: cursor, tenant });
  return begun;
}
