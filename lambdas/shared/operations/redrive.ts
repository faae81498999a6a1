import { moved } from '../queue/queue.ts';
import { deleteMessage } from '../queue/receive.ts';
import { sendMessage } from '../queue/send.ts';
import { toAttributes } from '../queue/webhook-message.ts';
import type { DeadLetterArgs } from './dead-letters.ts';
import { eachPass, type PassDeps, type Passes } from './each-pass.ts';
import { eachInOrder } from './in-hand.ts';
import type { OnProgress, OperationsDeps } from './operations-deps.ts';

export interface Redriven extends Passes {
  /** Events that were sent to the queue again. */
  readonly moved: number;
}

/**
 * Moves dead letters back to the queue, in log order within a resource. Each gets a whole new retry
 * window. A message is sent, then deleted: the other way round a crash loses the event. When a
 * crashed redrive is repeated, SQS drops for five minutes what it has already. Later the delivery
 * function sends no event again that it has recorded. Messages that are no events stay.
 */
export async function redrive(
  deps: Pick<OperationsDeps, 'queue'> & PassDeps,
  args: DeadLetterArgs = {},
  onProgress: OnProgress = () => {},
): Promise<Redriven> {
  let count = 0;
  const passes = await eachPass(deps, args, (letters, done) =>
    eachInOrder(
      letters,
      async (letter) => {
        const { message, received } = letter;
        if (!message) return;
        // The reason is left out. If the event comes to the dead-letter queue again, it has a new
        // one.
        await sendMessage(deps.queue, moved({ ...received, attributes: toAttributes(message) }));
        await deleteMessage(deps.deadLetterQueue, received.receiptHandle);
        done(letter);
        onProgress(++count);
      },
      deps.signal,
    ),
  );
  return { ...passes, moved: count };
}
