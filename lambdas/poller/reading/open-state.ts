import type { State } from '../../shared/ledger/items.ts';
import type { PollDeps } from '../poll-deps.ts';
import { BEGINNING, beginningOf, startPosition } from './start-position.ts';

/** The state, made at the first poll; `empty` while the log holds nothing to begin at. */
export async function openState({
  ledger,
  log,
  settings,
  randomId,
  now,
}: PollDeps): Promise<State | 'empty' | 'overtaken'> {
  const state =
    (await ledger.readState()) ??
    (await ledger.createState(randomId(), await startPosition(settings.startFrom, log), now()));
  if (!state) return 'overtaken';
  if (state.cursor !== BEGINNING) return state;
  const beginning = await beginningOf(log);
  if (beginning === undefined) return 'empty';
  return (await ledger.claim(state, { cursor: beginning })) ?? 'overtaken';
}
