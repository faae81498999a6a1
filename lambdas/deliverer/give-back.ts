import { errorName, type Tell } from '../shared/logger.ts';
import { type Fates, returnDelayOf } from './fate.ts';
import type { RecordQueue } from './record-queue.ts';
import type { DeliveryRecord } from './records.ts';

/**
 * Returns records to the queue; there is no other way back. Resets the visibility of every returned
 * message. Left alone it stays hidden for the full time-out of nine minutes and blocks its group. A
 * reset that fails is logged and never fatal, as the message then comes back late.
 * @returns the records that return
 */
export async function giveBack(
  fates: Fates,
  { queue, tell }: { readonly queue: Pick<RecordQueue, 'hide'>; readonly tell: Tell },
): Promise<readonly DeliveryRecord[]> {
  const changes = [...fates].flatMap(([record, fate]) => {
    const seconds = returnDelayOf(fate);
    return seconds === undefined ? [] : [{ record, seconds }];
  });
  if (changes.length === 0) return [];
  try {
    for (const { record, code } of await queue.hide(changes))
      tell('warn', 'postpone.failed', { logId: record.message.logId, error: code });
  } catch (error) {
    const logIds = changes.map(({ record }) => record.message.logId);
    tell('warn', 'postpone.failed', { logIds, error: errorName(error) });
  }
  return changes.map(({ record }) => record);
}
