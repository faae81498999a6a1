import { type Beside, isBeside } from './beside.ts';
import { FifoQueue, type Sent } from './fifo-queue.ts';
import type { Promised } from './promise.ts';
import type { Queues } from './queue-client.ts';
import type { World } from './world.ts';

/** Makes the two queues. What is sent, dead-lettered or lost on them is noted. */
export function watchedQueues(
  promised: Promised,
  beside: Beside,
  now: () => number,
  { dedupByGroup = false }: World,
): Queues {
  const lost = ({ attributes }: Sent) => noteLoss(attributes, promised, beside);
  const sent = ({ attributes }: Sent) => {
    if (isBeside(attributes)) beside.onSent(attributes);
    else promised.sent.add(attributes.log_id ?? '');
    if (attributes.round !== undefined) promised.disordered.add(attributes.log_id ?? '');
  };
  const overtaken = ({ attributes }: Sent) => promised.disordered.add(attributes.log_id ?? '');
  const died = ({ attributes }: Sent) => noteDeath(attributes, promised, beside);
  return {
    main: new FifoQueue('m', now, { lost, sent, overtaken }, dedupByGroup),
    dead: new FifoQueue('d', now, { lost, sent: died }, dedupByGroup),
  };
}

/** The message was purged, or its 14 days are over. */
export function noteLoss(attributes: Sent['attributes'], promised: Promised, beside: Beside): void {
  if (isBeside(attributes)) beside.onGone(attributes.batch ?? '', attributes.ordinal ?? '');
  else promised.purged.add(attributes.log_id ?? '');
}

/** The message lies in the dead-letter queue. */
export function noteDeath(attributes: Sent['attributes'], promised: Promised, beside: Beside): void {
  if (isBeside(attributes)) beside.onDead(attributes);
  else promised.deadLettered.add(attributes.log_id ?? '');
}
