import type { State } from '../../shared/ledger/items.ts';
import type { CheckpointNote } from '../../shared/ledger/notes.ts';
import { isSilent, skipTo } from '../../shared/ledger/skipped.ts';
import type { PollDeps } from '../poll-deps.ts';
import { BEGINNING, beginningOf, startPosition } from './start-position.ts';
import { checkCursorIsOf, checkTenant } from './whose-log.ts';

export interface Opened {
  readonly state: State;
  /**
   * The checkpoint's note, read after the state. The note of a former tenant would prove nothing
   * about this log.
   */
  readonly checkpoint: CheckpointNote;
}

/**
 * Reads the state of the log that the settings name; the first poll makes it. `empty` while the log
 * has no entry to begin at. Throws when the state is another tenant's.
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

/** The first rules that told resources. Tables of version 1.0 have them. */
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
  // The skip comes before any other write. After a restore that write could take a number that a
  // waiting message already has, and that message's event would count as delivered.
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

/** Writes the skip. It leaves the cursor alone, so that a rewind can still be undone. */
async function skip(state: State, { ledger, now }: PollDeps): Promise<State | undefined> {
  return await ledger.claim(state, { ...skipTo(state, now()), rewoundFrom: state.rewoundFrom });
}
