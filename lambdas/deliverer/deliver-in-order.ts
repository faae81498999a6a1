import { eachGroup, groupedBy } from '../shared/groups.ts';
import { admit, heldFor } from './admit.ts';
import { fatesAfter, request } from './attempt.ts';
import type { DeliverContext } from './deliver-deps.ts';
import { type Fate, type Fates, returnDelayOf, sameAgain } from './fate.ts';
import { probesFirst } from './probes-first.ts';
import { type DeliveryRecord, placeOf } from './records.ts';

/** Makes one request for each record: in order within a message group, groups side by side. */
export async function deliverInOrder(
  records: readonly DeliveryRecord[],
  context: DeliverContext,
): Promise<Fates> {
  const fates = new Map<DeliveryRecord, Fate>();
  const groups = groupedBy(probesFirst(records, context), ({ group }) => group);
  await eachGroup(groups, context.sideBySide, (group) => deliverGroup(group, fates, records.length, context));
  return fates;
}

/**
 * Delivers the records of one group. After a record that returns, the rest returns with the same
 * delay, as nothing may overtake it.
 */
async function deliverGroup(
  group: readonly DeliveryRecord[],
  fates: Map<DeliveryRecord, Fate>,
  records: number,
  context: DeliverContext,
): Promise<void> {
  const seen = new Map<string, Fate>(); // SQS may hand out the same event twice: one request
  let delaySeconds: number | undefined;
  for (const record of group) {
    const place = placeOf(record);
    const isDone = context.tracking.isDone(record);
    const first = seen.get(place);
    const fate: Fate =
      delaySeconds !== undefined
        ? { kind: 'returned', delaySeconds }
        : isDone
          ? { kind: 'done' }
          : first
            ? sameAgain(first)
            : await deliverOne(record, records - fates.size, context);
    if (!isDone) seen.set(place, fate); // another message of the event may count instead of this one
    fates.set(record, fate);
    delaySeconds = returnDelayOf(fate);
  }
}

/** @param left records of the invocation without a fate yet */
async function deliverOne(record: DeliveryRecord, left: number, context: DeliverContext): Promise<Fate> {
  const admission = await admit(record, left, context);
  if (admission.kind !== 'go') return { kind: 'returned', delaySeconds: heldFor(record, admission, context) };
  const done = await request([record], context);
  const fates = await fatesAfter([record], { ...done, paced: admission.paced }, context);
  return fates.get(record) ?? { kind: 'done' };
}
