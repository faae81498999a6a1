import { countMessages, total } from '../queue/count.ts';
import { byLogId, type DeadLetter, type DeadLetterArgs, deadLetterFilter } from './dead-letters.ts';
import { putBack, takeInHand } from './in-hand.ts';
import type { OperationsDeps } from './operations-deps.ts';

export interface DeadLetterList {
  /** Those that match, in log order; of a message group at most ten. */
  readonly letters: readonly DeadLetter[];
  /** All that are there, approximately. */
  readonly total: number;
  /** How many were looked at: the others lie behind these, or somebody else has them in hand. */
  readonly seen: number;
}

/** As many as a person reads, and as are looked at in a few seconds. */
const MOST = 500;

/**
 * Looks at the dead letters, at so many at most. They are hidden from others meanwhile, and visible
 * again in the end.
 */
export async function listDeadLetters(
  { deadLetterQueue, now }: Pick<OperationsDeps, 'deadLetterQueue' | 'now'>,
  args: DeadLetterArgs = {},
  most = MOST,
): Promise<DeadLetterList> {
  const matches = deadLetterFilter(args, now());
  const counts = await countMessages(deadLetterQueue);
  const held = await takeInHand(deadLetterQueue, most);
  await putBack(deadLetterQueue, held);
  const letters = held
    .filter(matches)
    .toSorted(byLogId)
    .map(({ message: _, received: __, ...letter }) => letter);
  return { letters, total: Math.max(held.length, total(counts)), seen: held.length };
}
