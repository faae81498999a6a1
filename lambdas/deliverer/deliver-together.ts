import { admit, heldFor } from './admit.ts';
import { type Company, fatesAfter, request } from './attempt.ts';
import type { Delivery } from './deliver-deps.ts';
import { type Fate, type Fates, returnDelayOf } from './fate.ts';
import { nextCompany } from './next-company.ts';
import { type DeliveryRecord, placeOf } from './records.ts';

/**
 * SEND_AS_BATCH: the records of the invocation go in company, in one request. What failed once goes
 * alone the next time, so that one event which the receiver refuses holds back nothing but its own
 * resource. One request at a time.
 */
export async function deliverTogether(
  records: readonly DeliveryRecord[],
  delivery: Delivery,
): Promise<Fates> {
  const fates = new Map<DeliveryRecord, Fate>();
  let left = withoutDone(records, fates, delivery);
  for (let company = nextCompany(left, delivery); company; company = nextCompany(left, delivery)) {
    for (const [record, fate] of await deliverCompany(company, delivery)) fates.set(record, fate);
    left = withoutReturned(left, fates);
  }
  return fates;
}

/** SQS may hand out the same event twice: it is in one request once. */
function withoutDone(
  records: readonly DeliveryRecord[],
  fates: Map<DeliveryRecord, Fate>,
  { tracking }: Delivery,
): readonly DeliveryRecord[] {
  const open = new Map<string, DeliveryRecord>();
  for (const record of records) {
    if (tracking.isDone(record) || open.has(placeOf(record))) fates.set(record, { kind: 'done' });
    else open.set(placeOf(record), record);
  }
  return [...open.values()];
}

/**
 * After a record that returns, the rest of its group returns for the same time: nothing may
 * overtake it.
 */
function withoutReturned(
  records: readonly DeliveryRecord[],
  fates: Map<DeliveryRecord, Fate>,
): readonly DeliveryRecord[] {
  const delays = new Map<string, number>();
  for (const [{ group }, fate] of fates) {
    const delaySeconds = returnDelayOf(fate);
    if (delaySeconds !== undefined && !delays.has(group)) delays.set(group, delaySeconds);
  }
  return records.filter((record) => {
    if (fates.has(record)) return false;
    const delaySeconds = delays.get(record.group);
    if (delaySeconds !== undefined) fates.set(record, { kind: 'returned', delaySeconds });
    return delaySeconds === undefined;
  });
}

/** No fates: the request was too large, and the next one is smaller. */
async function deliverCompany(company: Company, delivery: Delivery): Promise<Fates> {
  const admission = await admit(company[0], 1, delivery);
  if (admission.kind !== 'go') return held(company, (first) => heldFor(first, admission, delivery));
  const { paced } = admission;
  const done = await request(company, delivery);
  if (done.outcome.status === 413 && company.length > 1) {
    const bytes = company.reduce((sum, { message }) => sum + Buffer.byteLength(message.body), 0);
    delivery.requestLimit.bytes = Math.floor(bytes / 2);
    delivery.tell('info', 'request.too-large', { events: company.length, bytes });
    return new Map();
  }
  return await fatesAfter(company, { ...done, paced }, delivery);
}

/** All records of a group for the time of its first. */
function held(company: Company, secondsFor: (first: DeliveryRecord) => number): Fates {
  const byGroup = Map.groupBy(company, ({ group }) => group);
  return new Map(
    [...byGroup.values()].flatMap((records) => {
      const [first] = records;
      const delaySeconds = first ? secondsFor(first) : 0;
      return records.map((record) => [record, { kind: 'returned', delaySeconds }] as const);
    }),
  );
}
