import { afterAttempt } from './after-attempt.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import type { Fate, Fates } from './fate.ts';
import { type DeliveryRecord, placeOf } from './records.ts';
import { noTimeDelay } from './retry-policy.ts';
import type { Tracking } from './tracking.ts';
import { webhookIdOf } from './webhook-id.ts';

/** SEND_AS_BATCH: the records of the invocation are one request, with one outcome and one delay for all. */
export async function deliverTogether(
  records: readonly DeliveryRecord[],
  tracking: Tracking,
  deps: DeliverDeps,
): Promise<Fates> {
  const fates = new Map<DeliveryRecord, Fate>();
  const open = new Map<string, DeliveryRecord>();
  for (const record of records) {
    if (tracking.isDone(record) || open.has(placeOf(record))) fates.set(record, { kind: 'done' });
    else open.set(placeOf(record), record);
  }
  const company = [...open.values()];
  if (company.length === 0) return fates;
  if (deps.mayStartAttempt()) await attemptAll(company, fates, tracking, deps);
  else {
    const delaySeconds = noTimeDelay(Math.max(...company.map(({ receiveCount }) => receiveCount)));
    for (const record of company) fates.set(record, { kind: 'returned', delaySeconds });
  }
  return fates;
}

async function attemptAll(
  company: readonly DeliveryRecord[],
  fates: Map<DeliveryRecord, Fate>,
  tracking: Tracking,
  deps: DeliverDeps,
): Promise<void> {
  const startedAt = deps.now();
  const webhookId = webhookIdOf(company.map(({ message }) => message.logId));
  const outcome = await deps.attempt(
    webhookId,
    company.map(({ message }) => message),
  );
  const request = { webhookId, outcome, startedAt, endedAt: deps.now(), random: deps.random() };
  const histories = company.map((record) => [record, tracking.historyOf(record)] as const);
  const delayAttempts = Math.max(...histories.map(([, { attempts }]) => attempts)) + 1;
  for (const [record, history] of histories)
    fates.set(record, await afterAttempt(record, history, { ...request, delayAttempts }, deps));
}
