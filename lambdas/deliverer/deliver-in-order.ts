import { inLanes, laneBy } from '../shared/lanes.ts';
import { afterAttempt } from './after-attempt.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { type Fate, type Fates, returnDelayOf } from './fate.ts';
import { type DeliveryRecord, placeOf } from './records.ts';
import { noTimeDelay } from './retry-policy.ts';
import type { Tracking } from './tracking.ts';

/** One request for each record: in order within a message group, groups side by side. */
export async function deliverInOrder(
  records: readonly DeliveryRecord[],
  tracking: Tracking,
  deps: DeliverDeps,
): Promise<Fates> {
  const fates = new Map<DeliveryRecord, Fate>();
  const lanes = laneBy(records, ({ group }) => group);
  await inLanes(lanes, deps.sideBySide, (lane) => deliverLane(lane, fates, tracking, deps));
  return fates;
}

/** After a record that returns, the rest of its lane returns for the same time: nothing may overtake it. */
async function deliverLane(
  lane: readonly DeliveryRecord[],
  fates: Map<DeliveryRecord, Fate>,
  tracking: Tracking,
  deps: DeliverDeps,
): Promise<void> {
  const seen = new Map<string, Fate>(); // SQS may hand out the same event twice: one request
  let delaySeconds: number | undefined;
  for (const record of lane) {
    const place = placeOf(record);
    const fate: Fate =
      delaySeconds === undefined
        ? (seen.get(place) ?? (await deliverOne(record, tracking, deps)))
        : { kind: 'returned', delaySeconds };
    seen.set(place, fate);
    fates.set(record, fate);
    delaySeconds = returnDelayOf(fate);
  }
}

async function deliverOne(record: DeliveryRecord, tracking: Tracking, deps: DeliverDeps): Promise<Fate> {
  if (tracking.isDone(record)) return { kind: 'done' };
  if (!deps.mayStartAttempt()) return { kind: 'returned', delaySeconds: noTimeDelay(record.receiveCount) };
  const startedAt = deps.now();
  const webhookId = record.message.logId;
  const outcome = await deps.attempt(webhookId, [record.message]);
  const request = { webhookId, outcome, startedAt, endedAt: deps.now(), random: deps.random() };
  return await afterAttempt(record, tracking.historyOf(record), request, deps);
}
