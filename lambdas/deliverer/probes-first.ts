import type { DeliverContext } from './deliver-deps.ts';
import type { DeliveryRecord } from './records.ts';

/** What decides the order. */
interface ProbesFrom {
  readonly gate: Pick<DeliverContext['gate'], 'isPaused'>;
  readonly tracking: DeliverContext['tracking'];
}

/**
 * Sorts the records while the endpoint is paused: the groups whose first record was attempted least
 * come first. Records that came together come back together, so in their own order the same one
 * would be the probe each time. If that is a poison event, a healthy endpoint would stay paused.
 * The order within a group stays.
 */
export function probesFirst(
  records: readonly DeliveryRecord[],
  { gate, tracking }: ProbesFrom,
): readonly DeliveryRecord[] {
  if (!gate.isPaused()) return records;
  const groups = [...Map.groupBy(records, ({ group }) => group).values()];
  const first = groups.flatMap(([record]) => (record ? [tracking.historyOf(record)] : []));
  // SQS's receive count of an untracked record grows with each hold, and says nothing about
  // attempts.
  if (first.some(({ tracked }) => !tracked)) {
    const turn = (records[0]?.receiveCount ?? 0) % groups.length;
    return [...groups.slice(turn), ...groups.slice(0, turn)].flat();
  }
  const order = groups.map((group, n) => ({ group, attempts: first[n]?.attempts ?? 0 }));
  return order.toSorted((a, b) => a.attempts - b.attempts).flatMap(({ group }) => group);
}
