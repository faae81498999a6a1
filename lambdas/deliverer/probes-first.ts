import type { Delivery } from './deliver-deps.ts';
import type { DeliveryRecord } from './records.ts';

/** What the order goes by. */
interface ProbesFrom {
  readonly gate: Pick<Delivery['gate'], 'isPaused'>;
  readonly tracking: Delivery['tracking'];
}

/**
 * While the endpoint is paused the groups whose first record was attempted least come first, so
 * that probes go round. Records that came together come back together: in their own order the same
 * one would be the probe each time, and a poison event would keep a healthy endpoint paused. The
 * order within a group stays.
 */
export function probesFirst(
  records: readonly DeliveryRecord[],
  { gate, tracking }: ProbesFrom,
): readonly DeliveryRecord[] {
  if (!gate.isPaused()) return records;
  const groups = [...Map.groupBy(records, ({ group }) => group).values()];
  const first = groups.flatMap(([record]) => (record ? [tracking.historyOf(record)] : []));
  // SQS's count of an untracked record grows with each hold, so that it tells nothing of attempts.
  if (first.some(({ tracked }) => !tracked)) {
    const turn = (records[0]?.receiveCount ?? 0) % groups.length;
    return [...groups.slice(turn), ...groups.slice(0, turn)].flat();
  }
  const order = groups.map((group, n) => ({ group, attempts: first[n]?.attempts ?? 0 }));
  return order.toSorted((a, b) => a.attempts - b.attempts).flatMap(({ group }) => group);
}
