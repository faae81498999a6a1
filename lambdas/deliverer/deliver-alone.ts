import { groupedBy } from '../shared/groups.ts';
import { errorName } from '../shared/logger.ts';
import { type Delivered, deliver } from './deliver.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { giveBack } from './give-back.ts';
import type { Lease } from './lease.ts';
import type { DeliveryRecord } from './records.ts';
import { holdDelay } from './retry-policy.ts';

/**
 * Delivers while no other invocation does. An invocation that finds another at work returns its
 * records, later each time. The lease of an invocation that dies ends when the invocation would
 * have ended.
 */
export async function deliverAlone(
  records: readonly DeliveryRecord[],
  lease: Lease,
  deps: DeliverDeps,
): Promise<Delivered> {
  if (!(await lease.take(deps.remainingMs()))) return await standBack(records, deps);
  try {
    return await deliver(records, deps);
  } finally {
    try {
      await lease.release();
    } catch (error) {
      deps.tell('warn', 'lease.release-failed', { error: errorName(error) });
    }
  }
}

async function standBack(records: readonly DeliveryRecord[], deps: DeliverDeps): Promise<Delivered> {
  deps.tell('info', 'delivery.beside', { records: records.length });
  const random = deps.random();
  const fates = groupedBy(records, ({ group }) => group).flatMap((group) => {
    const delaySeconds = holdDelay(group[0]?.receiveCount ?? 1, random);
    return group.map((record) => [record, { kind: 'returned', delaySeconds }] as const);
  });
  return { returned: await giveBack(new Map(fates), deps), isRecorded: true };
}
