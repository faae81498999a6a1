import { FifoQueue, type Sent } from './fifo-queue.ts';
import type { Promised } from './promise.ts';
import type { Queues } from './queue-client.ts';
import type { World } from './world.ts';

/** Makes the two queues. What is sent, dead-lettered or lost on them is noted. */
export function watchedQueues(
  promised: Promised,
  now: () => number,
  { dedupByGroup = false }: World,
): Queues {
  const note = (ids: Set<string>) => (sent: Sent) => {
    ids.add(sent.attributes.log_id ?? '');
  };
  const lost = note(promised.purged);
  return {
    main: new FifoQueue('m', now, { lost, sent: note(promised.sent) }, dedupByGroup),
    dead: new FifoQueue('d', now, { lost, sent: note(promised.deadLettered) }, dedupByGroup),
  };
}
