import type { Delivery } from './deliver-deps.ts';
import type { DeliveryRecord } from './records.ts';

/**
 * While the endpoint is paused the groups whose first record was attempted least come first, so
 * that probes go round. Records that came together come back together: in their own order the same
 * one would be the probe each time, and a poison event would keep a healthy endpoint paused. The
 * order within a group stays.
 */
export function probesFirst(
  records: readonly DeliveryRecord[],
  { gate, tracking }: Pick<Delivery, 'gate' | 'tracking'>,
): readonly DeliveryRecord[] {
  if (!gate.isPaused()) return records;
  const attempts = ([first]: readonly DeliveryRecord[]) => (first ? tracking.historyOf(first).attempts : 0);
  const groups = [...Map.groupBy(records, ({ group }) => group).values()];
  // SQS's count of an untracked record grows with each hold, so that it tells nothing of attempts.
  if (!records.every((record) => tracking.historyOf(record).tracked)) {
    const turn = (records[0]?.receiveCount ?? 0) % groups.length;
    return [...groups.slice(turn), ...groups.slice(0, turn)].flat();
  }
  return groups.toSorted((a, b) => attempts(a) - attempts(b)).flat();
}
