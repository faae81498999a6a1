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
  const { tracking, gate } = context;
  const held = new Map<DeliveryRecord, Fate>();
  const fateOf = new Map<string, Fate>();
  const before = new Set<string>();
  for (const record of records) {
    const { group, message, receiveCount } = record;
    if (tracking.isDone(record)) continue;
    const waitsFor = isOver(record, context) ? undefined : tracking.waitsFor(record);
    const isBehind = waitsFor === 'event-before' && before.has(`${message.batch} ${message.after}`);
    if (waitsFor !== undefined && !isBehind && !fateOf.has(group))
      fateOf.set(group, { kind: 'returned', delaySeconds: gate.holdSeconds(receiveCount) });
    const fate = fateOf.get(group);
    if (fate) held.set(record, fate);
    before.add(`${message.batch} ${message.ordinal}`);
  }
  return held;
}
