import { eachGroup } from '../groups.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { deleteMessage } from '../queue/receive.ts';
import type { DeadLetterArgs, HeldLetter } from './dead-letters.ts';
import { eachPass, type PassDeps, type Passes } from './each-pass.ts';
import { SIDE_BY_SIDE } from './in-hand.ts';
import type { OnProgress, OperationsDeps } from './operations-deps.ts';

export interface DismissDeps extends Pick<OperationsDeps, 'ledger'>, PassDeps {
  /**
   * Keeps a note of events of one batch that were given up: once the ledger says so, before their
   * messages go. A crash in between leaves their messages, so that a repetition notes them. Its
   * failure must not be one of the dismissal.
   */
  readonly note?: ((letters: readonly HeldLetter[]) => Promise<void>) | undefined;
}

export interface Dismissed extends Passes {
  /** Events that were given up. */
  readonly dismissed: number;
}

/**
 * Gives up dead letters on purpose. The ledger is written first, then the message is deleted. The
 * other way round, after a crash the event would look lost, and would be read again. An id that is
 * not on the dead-letter queue is refused. Repeating is safe: when an event's batch is gone, only
 * its message is deleted.
 */
export async function dismiss(
  deps: DismissDeps,
  args: DeadLetterArgs = {},
  onProgress: OnProgress = () => {},
): Promise<Dismissed> {
  let count = 0;
  const passes = await eachPass(deps, args, async (letters, done) => {
    const failures: unknown[] = [];
    const byBatch = Map.groupBy(letters, ({ message }) => message?.batch);
    await eachGroup([...byBatch.values()], SIDE_BY_SIDE, async (own) => {
      if (deps.signal?.aborted === true) return;
      try {
        await giveUp(own, deps.ledger);
        await deps.note?.(own);
        for (const letter of own) {
          await deleteMessage(deps.deadLetterQueue, letter.received.receiptHandle);
          done(letter);
          onProgress(++count, letter.logId);
        }
      } catch (error) {
        failures.push(error);
      }
    });
    if (failures.length > 0) throw failures[0];
  });
  return { ...passes, dismissed: count };
}

/**
 * Gives up the events of each batch in one write. Messages that are no events, and events of a
 * table that was lost, have no batch.
 */
async function giveUp(letters: readonly HeldLetter[], ledger: Ledger): Promise<void> {
  const batch = letters[0]?.message?.batch;
  if (batch === undefined) return;
  await markDismissed(
    ledger,
    batch,
    letters.flatMap(({ message }) => message?.ordinal ?? []),
  );
}

/** Takes the events out of their batch, and deletes the batch when nothing of it is left. */
export async function markDismissed(
  ledger: Pick<Ledger, 'record' | 'removeIfDelivered'>,
  batch: string,
  ordinals: Iterable<number>,
): Promise<void> {
  const outcomes = { delivered: new Set(ordinals), failed: new Map(), deadLettered: new Set<number>() };
  if (await ledger.record(batch, outcomes)) await ledger.removeIfDelivered(batch);
}
