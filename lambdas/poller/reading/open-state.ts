import type { State } from '../../shared/ledger/items.ts';
import type { CheckpointNote } from '../../shared/ledger/notes.ts';
import { isSilent, skipTo } from '../../shared/ledger/skipped.ts';
import type { PollDeps } from '../poll-deps.ts';
import { BEGINNING, beginningOf, startPosition } from './start-position.ts';
import { checkCursorIsOf, checkTenant } from './whose-log.ts';

export interface Opened {
  readonly state: State;
  /** Read after the state: that of a tenant before would prove nothing of this one's log. */
  readonly checkpoint: CheckpointNote;
}

/**
 * The state of the log that the settings name, made at the first poll; `empty` while the log holds
 * nothing to begin at. Throws when the state is another tenant's.
 */
export async function openState(deps: PollDeps): Promise<Opened | 'empty' | 'overtaken'> {
  const known = await deps.ledger.readState();
  const checkpoint = known ? await deps.ledger.readCheckpoint() : {};
  const state = known ? await boundState(known, checkpoint, deps) : await firstState(deps);
  if (!state) return 'overtaken';
  if (state.cursor !== BEGINNING) return { state, checkpoint };
  const beginning = await beginningOf(deps.log);
  if (beginning === undefined) return 'empty';
  const begun = await deps.ledger.claim(state, { cursor: beginning });
  return begun ? { state: begun, checkpoint } : 'overtaken';
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

async function boundState(
  known: State,
  checkpoint: CheckpointNote,
  deps: PollDeps,
): Promise<State | undefined> {
  const { ledger, log, settings, now } = deps;
  const { tenant } = settings.connection;
  if (known.tenant === undefined) await checkCursorIsOf(log, known.cursor, tenant);
  else checkTenant(known.tenant, tenant);
  // Before any other write: that would give out a number which a message of the time before a
  // restore has already, and the event of that message would count as delivered.
  const state = isSilent(known, checkpoint, now()) ? await skip(known, deps) : known;
  if (!state) return undefined;
  if (state.tenant === undefined) {
    const grouping = { order: deps.grouping.order, version: FIRST_VERSION } as const;
    return await ledger.claim(state, { tenant, grouping });
  }
  if (!state.startsAnew) return state;
  const cursor = await startPosition(settings.startFrom, log);
  const begun = await ledger.claim(state, { cursor, startsAnew: undefined, grouping: deps.grouping });
  if (begun) deps.tell('info', 'reading.began', { from: cursor, tenant });
  return begun;
}

/** Reads nothing, so that a rewind can still be taken back. */
async function skip(state: State, { ledger, now }: PollDeps): Promise<State | undefined> {
  return await ledger.claim(state, { ...skipTo(state, now()), rewoundFrom: state.rewoundFrom });
}
