import { errorName } from '../shared/logger.ts';
import type { DeliverDeps, DeliveryRecord } from './delivery.ts';
import type { Fate } from './fate.ts';

/** The webhook has the event but the ledger does not know: soon again, for a call that failed once. */
const UNRECORDED_DELAY_SECONDS = 5;

/**
 * Records the fates in the ledger, one grouped update per batch. Where that fails, delivered records go back to the queue:
 * what is not recorded is not done. A batch that is gone was settled already.
 */
export async function recordFates<R extends DeliveryRecord>(
  fates: Map<R, Fate>,
  isTracked: (record: R) => boolean,
  deps: Pick<DeliverDeps, 'ledger' | 'tell' | 'now'>,
): Promise<void> {
  const tracked = [...fates].filter(([record]) => isTracked(record));
  const byBatch = Map.groupBy(tracked, ([{ message }]) => message.batch);
  const completed = await Promise.all([...byBatch].map(([id, own]) => recordBatch(id, own)));
  if (completed.includes(true)) await writeCheckpoint(deps);

  /** True when nothing of the batch is pending any more. */
  async function recordBatch(id: string, own: readonly (readonly [R, Fate])[]): Promise<boolean> {
    const outcomes = outcomesOf(own);
    if (outcomes.delivered.size + outcomes.failed.size + outcomes.deadLettered.size === 0) return false;
    try {
      if (!(await deps.ledger.settle(id, outcomes))) return false;
    } catch (error) {
      deps.tell('error', 'ledger.failed', { batch: id, error: errorName(error) });
      for (const [record, fate] of own) {
        if (fate.kind === 'delivered')
          fates.set(record, { kind: 'returned', delaySeconds: UNRECORDED_DELAY_SECONDS });
      }
      return false;
    }
    try {
      await deps.ledger.removeIfDelivered(id);
    } catch (error) {
      deps.tell('warn', 'batch.remove-failed', { batch: id, error: errorName(error) }); // the next poll removes it
    }
    return true;
  }
}

function outcomesOf(own: readonly (readonly [DeliveryRecord, Fate])[]) {
  const ordinals = (kind: Fate['kind']) =>
    new Set(own.filter(([, fate]) => fate.kind === kind).map(([{ message }]) => message.ordinal));
  const failed = own.flatMap(([{ message }, fate]) =>
    fate.kind === 'failed' ? [[message.ordinal, fate.failure] as const] : [],
  );
  return {
    delivered: ordinals('delivered'),
    failed: new Map(failed),
    deadLettered: ordinals('dead-lettered'),
  };
}

async function writeCheckpoint({
  ledger,
  now,
  tell,
}: Pick<DeliverDeps, 'ledger' | 'tell' | 'now'>): Promise<void> {
  try {
    const position = await ledger.checkpoint();
    if (position !== undefined) await ledger.writeCheckpoint(position, now());
  } catch (error) {
    tell('warn', 'checkpoint.failed', { error: errorName(error) }); // it is for people; the next poll writes it
  }
}
