import type { DeliverDeps } from './deliver-deps.ts';
import { deliverInOrder } from './deliver-in-order.ts';
import { deliverTogether } from './deliver-together.ts';
import { giveBack } from './give-back.ts';
import { recordFates } from './record-fates.ts';
import type { DeliveryRecord } from './records.ts';
import { readTracking } from './tracking.ts';

/**
 * Delivers the records of one invocation: in order within a group, groups side by side. A failing event is retried
 * alone. Gives the records that return to the queue; Lambda deletes the others.
 */
export async function deliver(
  records: readonly DeliveryRecord[],
  deps: DeliverDeps,
): Promise<readonly DeliveryRecord[]> {
  const tracking = await readTracking(records, deps.ledger);
  const attempted = deps.sendAsBatch
    ? await deliverTogether(records, tracking, deps)
    : await deliverInOrder(records, tracking, deps);
  const recorded = await recordFates(attempted, tracking, deps);
  return await giveBack(recorded, deps);
}
