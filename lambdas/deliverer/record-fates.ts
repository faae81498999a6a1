import { errorName } from '../shared/logger.ts';
import type { Delivery } from './deliver-deps.ts';
import type { Fate, Fates } from './fate.ts';
import type { DeliveryRecord } from './records.ts';

/** The webhook has the event but the ledger does not know: soon again, for a call that failed once. */
const UNRECORDED_DELAY_SECONDS = 5;

type Deps = Pick<Delivery, 'ledger' | 'tell' | 'now' | 'random' | 'tracking'>;
type Entry = readonly [DeliveryRecord, Fate];

/**
 * Records the fates in the ledger, one grouped update per batch. Gives the fates as they are then: where recording fails,
 * delivered records go back to the queue, because what is not recorded is not done.
 */
export async function recordFates(fates: Fates, deps: Deps): Promise<Fates> {
  const recorded = new Map(fates);
  const tracked = [...fates].filter(([record]) => deps.tracking.isTracked(record));
  const byBatch = [...Map.groupBy(tracked, ([{ message }]) => message.batch)];
  const results = await Promise.all(byBatch.map(([id, entries]) => recordBatch(id, entries, deps)));
  for (const [record, fate] of results.flatMap(({ unrecorded }) => unrecorded)) recorded.set(record, fate);
  if (results.some(({ isComplete }) => isComplete)) await writeCheckpoint(deps);
  return recorded;
}

interface Recorded {
  /** Nothing of the batch is pending any more. */
  readonly isComplete: boolean;
  readonly unrecorded: readonly Entry[];
}

const NOTHING: Recorded = { isComplete: false, unrecorded: [] };

/** A batch that is gone was completed by another invocation. */
async function recordBatch(id: string, entries: readonly Entry[], deps: Deps): Promise<Recorded> {
  const outcomes = outcomesOf(entries);
  if (outcomes.delivered.size + outcomes.failed.size + outcomes.deadLettered.size === 0) return NOTHING;
  try {
    if (!(await deps.ledger.record(id, outcomes))) return NOTHING;
  } catch (error) {
    deps.tell('error', 'ledger.failed', { batch: id, error: errorName(error) });
    return { isComplete: false, unrecorded: entries.flatMap(unrecorded) };
  }
  try {
    await deps.ledger.removeIfDelivered(id);
  } catch (error) {
    deps.tell('warn', 'batch.remove-failed', { batch: id, error: errorName(error) }); // the next poll removes it
  }
  return { isComplete: true, unrecorded: [] };
}

function unrecorded([record, fate]: Entry): readonly Entry[] {
  if (fate.kind !== 'delivered') return [];
  return [[record, { kind: 'returned', delaySeconds: UNRECORDED_DELAY_SECONDS }]];
}

function outcomesOf(entries: readonly Entry[]) {
  const ordinals = (kind: Fate['kind']) =>
    new Set(entries.filter(([, fate]) => fate.kind === kind).map(([{ message }]) => message.ordinal));
  const failed = entries.flatMap(([{ message }, fate]) =>
    fate.kind === 'failed' ? [[message.ordinal, fate.failure] as const] : [],
  );
  return {
    delivered: ordinals('delivered'),
    failed: new Map(failed),
    deadLettered: ordinals('dead-lettered'),
  };
}

async function writeCheckpoint({ ledger, now, tell }: Deps): Promise<void> {
  try {
    const position = await ledger.checkpoint();
    if (position !== undefined) await ledger.writeCheckpoint(position, now());
  } catch (error) {
    tell('warn', 'checkpoint.failed', { error: errorName(error) }); // it is for people; the next poll writes it
  }
}
