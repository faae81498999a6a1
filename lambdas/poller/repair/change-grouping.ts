import type { Batch, Grouping, State } from '../../shared/ledger/items.ts';
import type { EventCounts } from '../../shared/queue/event-queue.ts';
import type { PollDeps } from '../poll-deps.ts';

/**
 * Gives the state the grouping that this deployment wants, once nothing is open and nothing waits.
 * Before that, a newer event in a group of the new kind would overtake an older one in a group of
 * the old kind (P3).
 * @returns undefined when another poll has taken over
 */
export async function changeGrouping(
  state: State,
  open: Batch | undefined,
  queued: EventCounts,
  { ledger, grouping: wanted }: PollDeps,
): Promise<State | undefined> {
  const isIdle = !open && queued.waiting === 0;
  if (!isIdle || (state.grouping && isSame(state.grouping, wanted))) return state;
  return await ledger.claim(state, { grouping: wanted });
}

export function isSame(one: Grouping, other: Grouping): boolean {
  return one.order === other.order && one.version === other.version;
}
