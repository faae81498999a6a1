import { admit, heldFor } from './admit.ts';
import { type Company, fatesAfter, request } from './attempt.ts';
import type { DeliverContext } from './deliver-deps.ts';
import { type Fate, type Fates, returnDelayOf, sameAgain } from './fate.ts';
import { nextCompany } from './next-company.ts';
import { type DeliveryRecord, placeOf } from './records.ts';

/**
 * Delivers with SEND_AS_BATCH: one request carries many records, and one request runs at a time. A
 * record that has failed goes alone the next time. An event that the receiver refuses then holds
 * back its own resource only.
 */
export async function deliverTogether(
  records: readonly DeliveryRecord[],
  context: DeliverContext,
): Promise<Fates> {
  const fates = new Map<DeliveryRecord, Fate>();
  const open = openByPlace(records, context);
  let left: readonly DeliveryRecord[] = [...open.values()];
  for (let company = nextCompany(left, context); company; company = nextCompany(left, context)) {
    for (const [record, fate] of await deliverCompany(company, context)) fates.set(record, fate);
    left = withoutReturned(left, fates);
  }
  for (const record of records) {
    const first = fates.get(open.get(placeOf(record)) ?? record);
    if (!fates.has(record)) fates.set(record, first ? sameAgain(first) : { kind: 'done' });
  }
  return fates;
}

/**
 * Gives what is not delivered yet, without the second message of an event that SQS handed out
 * twice.
 */
function openByPlace(
  records: readonly DeliveryRecord[],
  { tracking }: DeliverContext,
): ReadonlyMap<string, DeliveryRecord> {
  const open = new Map<string, DeliveryRecord>();
  for (const record of records)
    if (!tracking.isDone(record) && !open.has(placeOf(record))) open.set(placeOf(record), record);
  return open;
}

/**
 * Takes out the rest of each group of which a record returns. It returns with the same delay, as
 * nothing may overtake that record.
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

/**
 * Makes one request. Gives no fates when the request was too large; the next one is smaller then.
 */
async function deliverCompany(company: Company, context: DeliverContext): Promise<Fates> {
  const admission = await admit(company[0], 1, context);
  if (admission.kind !== 'go') return held(company, (first) => heldFor(first, admission, context));
  const { paced } = admission;
  const done = await request(company, context);
  if (done.outcome.status === 413 && company.length > 1) {
    const bytes = company.reduce((sum, { message }) => sum + Buffer.byteLength(message.body), 0);
    context.requestLimit.bytes = Math.floor(bytes / 2);
    context.tell('info', 'request.too-large', { events: company.length, bytes });
    return new Map();
  }
  return await fatesAfter(company, { ...done, paced }, context);
}

/** Returns all records of a group with the delay of its first one. */
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
