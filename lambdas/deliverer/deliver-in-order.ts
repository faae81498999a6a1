import { eachGroup, groupedBy } from '../shared/groups.ts';
import { admit, heldFor } from './admit.ts';
import { fatesAfter, request } from './attempt.ts';
import type { DeliverContext } from './deliver-deps.ts';
import { type Fate, type Fates, returnDelayOf, sameAgain } from './fate.ts';
import { probesFirst } from './probes-first.ts';
import type { Recording } from './record-fates.ts';
import { type DeliveryRecord, placeOf } from './records.ts';

/** What is settled is recorded while other requests go on. */
type Context = DeliverContext & Pick<Recording, 'settle'>;

/** Makes one request for each record: in order within a message group, groups side by side. */
export async function deliverInOrder(records: readonly DeliveryRecord[], context: Context): Promise<Fates> {
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
  context: Context,
): Promise<void> {
  const seen = new Map<string, Fate>(); // SQS may hand out the same event twice: one request
  let delaySeconds: number | undefined;
  for (const record of group) {
    const place = placeOf(record);
    const first = seen.get(place);
    const known = fateWithoutRequest(record, { delaySeconds, first }, context);
    const fate = known ?? (await deliverOne(record, records - fates.size, context));
    // Another message of an event that is done may count instead of this one.
    if (!context.tracking.isDone(record)) seen.set(place, fate);
    fates.set(record, fate);
    context.settle(record, fate);
    delaySeconds = returnDelayOf(fate);
  }
}

interface Before {
  /** Seconds for which the records before it return; undefined when none does. */
  readonly delaySeconds: number | undefined;
  /** What became of an earlier record of the same event. */
  readonly first: Fate | undefined;
}

/** What becomes of a record for which no request is made; undefined when one is. */
function fateWithoutRequest(
  record: DeliveryRecord,
  { delaySeconds, first }: Before,
  { tracking }: Context,
): Fate | undefined {
  if (delaySeconds !== undefined) return { kind: 'returned', delaySeconds };
  if (tracking.isDone(record)) return { kind: 'done' };
  return first && sameAgain(first);
}

/** @param left records of the invocation without a fate yet */
async function deliverOne(record: DeliveryRecord, left: number, context: DeliverContext): Promise<Fate> {
  const admission = await admit(record, left, context);
  if (admission.kind !== 'go') return { kind: 'returned', delaySeconds: heldFor(record, admission, context) };
  const done = await request([record], context);
  const fates = await fatesAfter([record], { ...done, paced: admission.paced }, context);
  return fates.get(record) ?? { kind: 'done' };
}
