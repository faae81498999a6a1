import { countMessages, total } from '../queue/count.ts';
import { byLogId, type DeadLetter, type DeadLetterArgs, deadLetterFilter } from './dead-letters.ts';
import { putBack, takeInHand, withoutBody } from './in-hand.ts';
import type { OperationsDeps } from './operations-deps.ts';

export interface DeadLetterList {
  /** The letters that match, in log order; at most ten of a message group. */
  readonly letters: readonly DeadLetter[];
  /** All dead letters, approximately. */
  readonly total: number;
  /**
   * Letters that were looked at. The others lie behind these, or somebody else has them in hand.
   */
  readonly seen: number;
}

/** Letters that are looked at: as many as a person reads, in a few seconds. */
const MOST = 500;

/** Lists dead letters. They are hidden from others meanwhile, and visible again in the end. */
export async function listDeadLetters(
  { deadLetterQueue, now }: Pick<OperationsDeps, 'deadLetterQueue' | 'now'>,
  args: DeadLetterArgs = {},
  most = MOST,
): Promise<DeadLetterList> {
  const matches = deadLetterFilter(args, now());
  const counts = await countMessages(deadLetterQueue);
  const held = await takeInHand(deadLetterQueue, most, withoutBody);
  await putBack(deadLetterQueue, held);
  const letters = held
    .filter(matches)
    .toSorted(byLogId)
    .map(({ message: _, received: __, ...letter }) => letter);
  return { letters, total: Math.max(held.length, total(counts)), seen: held.length };
}
