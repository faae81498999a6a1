import { countMessages, total } from '../queue/count.ts';
import { type DeadLetterArgs, deadLetterFilter, type HeldLetter } from './dead-letters.ts';
import { putBack, takeInHand, withoutBody } from './in-hand.ts';
import { OperationError } from './operation-error.ts';
import type { OperationsDeps } from './operations-deps.ts';

export interface PassDeps extends Pick<OperationsDeps, 'deadLetterQueue' | 'now'> {
  /** Ends the work early. What is under way is finished, and the rest stays where it is. */
  readonly signal?: AbortSignal | undefined;
}

export interface Passes {
  /** Those of the given `logIds` that were not found. */
  readonly notFound: readonly string[];
  /** Dead letters that are left, approximately. */
  readonly left: number;
  /** True when the signal ended the work. */
  readonly isInterrupted?: true;
}

/**
 * Works on the dead letters that match, pass after pass, until a pass finds nothing new. SQS shows
 * what lies behind ten of a message group only when these are gone, so the others of a group that
 * was worked on are made visible again at once. All else that does not match stays in hand until
 * the end, or each pass would meet it again and none what lies behind it.
 * @param work deletes the letters that it is done with, and reports each of them to `done`
 */
export async function eachPass(
  { deadLetterQueue, now, signal }: PassDeps,
  args: DeadLetterArgs,
  work: (letters: readonly HeldLetter[], done: (letter: HeldLetter) => void) => Promise<void>,
): Promise<Passes> {
  const matches = deadLetterFilter(args, now());
  const notFound = new Set(args.logIds);
  const met = new Set<string>();
  const passed: HeldLetter[] = [];
  let isAgain = false; // the pass before has made letters visible again that were met
  try {
    for (let pass = 1; signal?.aborted !== true; pass++) {
      const held = new Set(await takeInHand(deadLetterQueue));
      // A letter that is found twice came back meanwhile. It is left alone, or it would go round
      // for ever.
      const fresh = [...held].filter((letter) => !met.has(placeOf(letter)));
      const chosen = fresh.filter(matches);
      const groups = new Set(chosen.map(({ received }) => received.group));
      try {
        for (const { logId } of chosen) notFound.delete(logId);
        if (pass === 1) await refuseUnknown(notFound, held.size, deadLetterQueue);
        if (held.size === 0 || (fresh.length === 0 && !isAgain)) break;
        for (const letter of fresh) met.add(placeOf(letter));
        if (chosen.length > 0) await work(chosen, (letter) => held.delete(letter));
      } finally {
        const again = [...held].filter(({ received }) => groups.has(received.group));
        for (const letter of again) held.delete(letter);
        for (const letter of held) passed.push(withoutBody(letter));
        isAgain = again.length > 0;
        await putBack(deadLetterQueue, again);
      }
    }
  } finally {
    await putBack(deadLetterQueue, passed);
  }
  return {
    notFound: [...notFound],
    left: total(await countMessages(deadLetterQueue)),
    ...(signal?.aborted === true ? { isInterrupted: true } : {}),
  };
}

/**
 * Refuses an id that is no dead letter, before anything is changed. While more letters lie behind
 * those in hand, it may be one of them.
 */
async function refuseUnknown(
  ids: ReadonlySet<string>,
  seen: number,
  queue: PassDeps['deadLetterQueue'],
): Promise<void> {
  if (ids.size === 0 || total(await countMessages(queue)) > seen) return;
  throw new OperationError(
    'argument',
    `not on the dead-letter queue: ${[...ids].join(', ')}. An event that still waits is neither redriven nor dismissed; see the list of dead letters`,
  );
}

function placeOf({ message, received }: HeldLetter): string {
  return message ? `${message.ledger} ${message.batch} ${message.ordinal}` : received.messageId;
}
