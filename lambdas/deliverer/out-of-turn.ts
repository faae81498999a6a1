import { isOver } from './admit.ts';
import type { DeliverContext } from './deliver-deps.ts';
import type { Fate, Fates } from './fate.ts';
import type { DeliveryRecord } from './records.ts';

/**
 * Holds the records that may stand in the queue before one that has to come first, and those behind
 * them in their groups. It lasts until the poller has marked their batch enqueued, or the retry
 * window is over.
 */
export function holdOutOfTurn(records: readonly DeliveryRecord[], context: DeliverContext): Fates {
  const { tracking, gate, tell } = context;
  const held = new Map<DeliveryRecord, Fate>();
  const fateOf = new Map<string, Fate>();
  const before = new Set<string>();
  for (const record of records) {
    const { group, message, receiveCount } = record;
    if (tracking.isDone(record)) continue;
    const isNext = before.has(`${message.batch} ${message.after}`) || isOver(record, context);
    if (tracking.mayBeOutOfTurn(record) && !isNext && !fateOf.has(group))
      fateOf.set(group, { kind: 'returned', delaySeconds: gate.holdSeconds(receiveCount) });
    const fate = fateOf.get(group);
    if (fate) held.set(record, fate);
    before.add(`${message.batch} ${message.ordinal}`);
  }
  if (held.size > 0) {
    const batches = new Set([...held.keys()].map(({ message }) => message.batch));
    tell('info', 'delivery.out-of-turn', { records: held.size, batches: [...batches] });
  }
  return held;
}
