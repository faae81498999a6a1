import type { DeliverContext } from './deliver-deps.ts';
import type { Admission } from './endpoint/gate.ts';
import type { DeliveryRecord } from './records.ts';
import { isWindowOver, noTimeDelay } from './retry-policy.ts';

/**
 * Asks whether a request may start now, and waits for its turn.
 * @param record the record that stands for the request
 * @param left requests that this invocation still has to make
 */
export async function admit(
  record: DeliveryRecord,
  left: number,
  context: DeliverContext,
): Promise<Admission> {
  const { attempts } = context.tracking.historyOf(record);
  return await context.gate.admit({ attempts, isWindowOver: isOver(record, context) }, left);
}

/** Seconds for which a record that was not admitted returns to the queue. */
export function heldFor(record: DeliveryRecord, admission: Admission, { gate }: DeliverContext): number {
  return admission.kind === 'no-time' && !gate.isPaused()
    ? noTimeDelay(record.receiveCount)
    : gate.holdSeconds(record.receiveCount);
}

/** True when the record is attempted whatever holds others, as its retry window is over. */
export function isOver(record: DeliveryRecord, context: DeliverContext): boolean {
  const { now, retryWindowSeconds, tracking } = context;
  const { firstAt } = tracking.historyOf(record);
  const { sentAt } = record;
  return isWindowOver({ firstAt: firstAt ?? now(), sentAt, retryWindowSeconds }, now());
}
