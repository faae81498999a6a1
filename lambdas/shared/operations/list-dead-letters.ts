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
  /**
   * When the newest of them came, or when they were listed if not all were looked at, epoch
   * milliseconds. What comes later nobody has seen.
   */
  readonly asOf: number;
}

/** Letters that are looked at: as many as a person reads, in a few seconds. */
const MOST = 500;

/** Lists dead letters. They are hidden from others meanwhile, and visible again in the end. */
export async function listDeadLetters(
  { deadLetterQueue, now }: Pick<OperationsDeps, 'deadLetterQueue' | 'now'>,
  args: DeadLetterArgs = {},
  most = MOST,
): Promise<DeadLetterList> {
  const listedAt = now();
  const matches = deadLetterFilter(args, listedAt);
  const counts = await countMessages(deadLetterQueue);
  const held = await takeInHand(deadLetterQueue, most, withoutBody);
  await putBack(deadLetterQueue, held);
  const letters = held
    .filter(matches)
    .toSorted(byLogId)
    .map(({ message: _, received: __, ...letter }) => letter);
  const all = Math.max(held.length, total(counts));
  const newest = held.reduce((latest, { since }) => Math.max(latest, since), 0); // by the clock of SQS
  const asOf = held.length < all ? Math.max(newest, listedAt) : newest;
  return { letters, total: all, seen: held.length, asOf };
}
