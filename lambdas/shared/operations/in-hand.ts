import { eachGroup, groupedBy } from '../groups.ts';
import { countMessages } from '../queue/count.ts';
import { hideMessages } from '../queue/hide.ts';
import type { Queue } from '../queue/queue.ts';
import { receiveMessages } from '../queue/receive.ts';
import { byLogId, type HeldLetter, heldLetter } from './dead-letters.ts';

/**
 * Letters that are held at a time: enough to be fast, and few enough to be done before they are
 * visible again.
 */
const MOST = 500;
/** The same of their bodies: a message of SQS may have a megabyte. */
const MOST_LENGTH = 50_000_000;
const PER_RECEIVE = 10;
const HELD_SECONDS = 300;
/** With a wait SQS asks all of its servers. Without one it may answer that nothing is there. */
const WAIT_SECONDS = 1;
/**
 * Calls at the same time. SQS answers in some 10 ms, so a thousand dead letters take a few seconds.
 */
export const SIDE_BY_SIDE = 10;

/** A letter without its body, for who only looks: ten thousand bodies would fill the memory. */
export function withoutBody(letter: HeldLetter): HeldLetter {
  return { ...letter, message: undefined, received: { ...letter.received, body: '' } };
}

/**
 * Takes dead letters in hand until there are enough, or no more. SQS gives at most ten of a message
 * group before these are deleted, so more may be left behind them.
 * @param kept what is kept of each
 */
export async function takeInHand(
  queue: Queue,
  most = MOST,
  kept: (letter: HeldLetter) => HeldLetter = (letter) => letter,
): Promise<readonly HeldLetter[]> {
  const held: HeldLetter[] = [];
  let length = 0;
  const take = async (waitSeconds: number) => {
    const received = await receiveMessages(queue, {
      most: PER_RECEIVE,
      hiddenSeconds: HELD_SECONDS,
      waitSeconds,
    });
    for (const letter of received.map(heldLetter).map(kept)) {
      held.push(letter);
      length += letter.received.body.length;
    }
    return received.length > 0;
  };
  while (held.length < most && length < MOST_LENGTH && (await take(0)));
  if (held.length > 0 || (await countMessages(queue)).visible === 0) return held;
  await take(WAIT_SECONDS);
  return held;
}

/**
 * Makes letters visible again. Where that fails they become visible by themselves after a while.
 */
export async function putBack(queue: Queue, letters: Iterable<HeldLetter>): Promise<void> {
  const changes = [...letters].map(({ received: { receiptHandle } }) => ({ receiptHandle, seconds: 0 }));
  await hideMessages(queue, changes).catch(() => {});
}

/**
 * Does the work on each letter: message groups side by side, within one in log order. A group ends
 * at its first letter that fails, as the next one must not overtake it. The first failure is thrown
 * once all groups have ended. At the signal each group ends after the letter that is under way.
 */
export async function eachInOrder(
  letters: readonly HeldLetter[],
  work: (letter: HeldLetter) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const failures: unknown[] = [];
  const groups = groupedBy(letters.toSorted(byLogId), ({ received }) => received.group);
  await eachGroup(groups, SIDE_BY_SIDE, async (group) => {
    try {
      for (const letter of group) {
        if (signal?.aborted === true) return;
        await work(letter);
      }
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length > 0) throw failures[0];
}
