import type { Pauses } from '../shared/ledger/pause.ts';
import { errorName } from '../shared/logger.ts';
import type { Delivered } from './deliver.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import type { Fate } from './fate.ts';
import { giveBack } from './give-back.ts';
import { recordFates } from './record-fates.ts';
import type { DeliveryRecord } from './records.ts';
import { holdDelay, isTooLongInQueue } from './retry-policy.ts';
import { readTracking, type Tracking } from './tracking.ts';

type Deps = Pick<
  DeliverDeps,
  'ledger' | 'circumstances' | 'queue' | 'tell' | 'now' | 'random' | 'sleep' | 'remainingMs'
>;

/**
 * Returns every record without an attempt, later each time, while an operator has paused
 * deliveries. A record that is twelve days old goes to the dead-letter queue, as SQS would drop it
 * after fourteen.
 */
export async function holdPaused(
  records: readonly DeliveryRecord[],
  { reason, at }: NonNullable<Pauses['deliveries']>,
  deps: Deps,
): Promise<Delivered> {
  deps.tell('info', 'delivery.paused', {
    reason,
    since: new Date(at).toISOString(),
    records: records.length,
  });
  const { tracking } = await readTracking(records, deps);
  const random = deps.random();
  const held = await Promise.all(
    records.map(async (record) => [record, await fateOf(record, tracking, random, deps)] as const),
  );
  const { fates, isRecorded } = await recordFates(new Map(held), { ...deps, tracking });
  return { returned: await giveBack(fates, deps), isRecorded };
}

async function fateOf(
  record: DeliveryRecord,
  tracking: Tracking,
  random: number,
  { queue, now, tell }: Deps,
): Promise<Fate> {
  if (tracking.isDone(record)) return { kind: 'done' };
  const held: Fate = { kind: 'returned', delaySeconds: holdDelay(record.receiveCount, random) };
  if (!isTooLongInQueue(record.sentAt, now())) return held;
  const { attempts } = tracking.historyOf(record);
  try {
    await queue.deadLetter(record, { reason: 'paused', status: undefined, attempts });
    return { kind: 'dead-lettered' };
  } catch (error) {
    tell('error', 'dead-letter.failed', { logId: record.message.logId, error: errorName(error) });
    return held;
  }
}
