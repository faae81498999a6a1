import { countMessages, total } from '../queue/count.ts';
import { byLogId, type DeadLetter, type DeadLetterArgs, deadLetterFilter } from './dead-letters.ts';
import { putBack, takeInHand } from './in-hand.ts';
import type { OperationsDeps } from './operations-deps.ts';

export interface DeadLetterList {
  /** Those that match, in log order; at most 500, and at most ten of a message group. */
  readonly letters: readonly DeadLetter[];
  /** All that are there, approximately. */
  readonly total: number;
  /** How many were looked at: the others lie behind these, or somebody else has them in hand. */
  readonly seen: number;
}

/**
 * Looks at the dead letters. They are hidden from others meanwhile, and visible again in the end.
 */
export async function listDeadLetters(
  { deadLetterQueue, now }: Pick<OperationsDeps, 'deadLetterQueue' | 'now'>,
  args: DeadLetterArgs = {},
): Promise<DeadLetterList> {
  const matches = deadLetterFilter(args, now());
  const counts = await countMessages(deadLetterQueue);
  const held = await takeInHand(deadLetterQueue);
  await putBack(deadLetterQueue, held);
  const letters = held
    .filter(matches)
    .toSorted(byLogId)
    .map(({ message: _, received: __, ...letter }) => letter);
  return { letters, total: Math.max(held.length, total(counts)), seen: held.length };
}
