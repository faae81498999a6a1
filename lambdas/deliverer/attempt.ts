import { afterAttempt, type Request } from './after-attempt.ts';
import type { DeliverContext } from './deliver-deps.ts';
import type { Paced } from './endpoint/adjust-pace.ts';
import type { Fate, Fates } from './fate.ts';
import type { DeliveryRecord } from './records.ts';
import { webhookIdOf } from './webhook-id.ts';

/** The records of one request, in order. */
export type Company = readonly [DeliveryRecord, ...DeliveryRecord[]];

/** Makes one request of these records' events. */
export async function request(company: Company, context: DeliverContext): Promise<Request> {
  const { now, random } = context;
  const messages = company.map(({ message }) => message);
  const webhookId = webhookIdOf(messages.map(({ logId }) => logId));
  const startedAt = now();
  const outcome = await context.attempt(webhookId, messages);
  return { webhookId, outcome, startedAt, endedAt: now(), random: random() };
}

/**
 * Decides what becomes of the records after their request. The endpoint's item learns the outcome
 * first, because the delay of a failed event depends on it.
 * @param paced the pace that the request had
 */
export async function fatesAfter(
  company: Company,
  { paced, ...after }: Request & { readonly paced: Paced },
  context: DeliverContext,
): Promise<Fates> {
  const { outcome } = after;
  const { resource } = company[0].message;
  if (outcome.kind === 'delivered') await context.gate.delivered(paced);
  else {
    const { reason, status, retryAfterSeconds } = outcome;
    await context.gate.failed({ resource, reason, status, retryAfterSeconds, paced });
  }
  // All records of a group return at the same time, however often each of them was received.
  const firsts = new Map(company.toReversed().map((record) => [record.group, record]));
  const fates = new Map<DeliveryRecord, Fate>();
  for (const record of company) {
    const { receiveCount } = firsts.get(record.group) ?? record;
    fates.set(record, await afterAttempt(record, { ...after, receiveCount }, context));
  }
  return fates;
}
