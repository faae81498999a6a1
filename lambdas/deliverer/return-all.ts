import { groupedBy } from '../shared/groups.ts';
import type { Tell } from '../shared/logger.ts';
import { giveBack } from './give-back.ts';
import type { RecordQueue } from './record-queue.ts';
import type { DeliveryRecord } from './records.ts';
import { notStartedDelay } from './retry-policy.ts';

interface ReturnDeps {
  readonly queue: Pick<RecordQueue, 'hide'>;
  readonly tell: Tell;
  readonly random: () => number;
}

/**
 * Returns every record, later each time, while the settings are wrong or a service is down. Each
 * group goes by its own receive counts: one old event must not delay those of other resources.
 */
export async function returnAll(
  records: readonly DeliveryRecord[],
  deps: ReturnDeps,
): Promise<readonly DeliveryRecord[]> {
  const random = deps.random();
  const fates = groupedBy(records, ({ group }) => group).flatMap((group) => {
    const receiveCount = Math.max(...group.map((record) => record.receiveCount));
    const delaySeconds = notStartedDelay(receiveCount, random);
    return group.map((record) => [record, { kind: 'returned', delaySeconds }] as const);
  });
  return await giveBack(new Map(fates), deps);
}
