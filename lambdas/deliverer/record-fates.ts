import { errorName } from '../shared/logger.ts';
import type { DeliverContext } from './deliver-deps.ts';
import type { Fate, Fates } from './fate.ts';
import type { DeliveryRecord } from './records.ts';
import { unrecordedDelay } from './retry-policy.ts';
import { unlessThrottled } from './unless-throttled.ts';

type Deps = Pick<DeliverContext, 'ledger' | 'tell' | 'now' | 'random' | 'tracking' | 'sleep' | 'remainingMs'>;
type Entry = readonly [DeliveryRecord, Fate];

export interface RecordedFates {
  readonly fates: Fates;
  /** False when this invocation alone knows the webhook's answers to some records. */
  readonly isRecorded: boolean;
}

/**
 * Records the fates in the ledger, with one update for each batch. Where that fails, the records
 * return to the queue, later each time, because what is not recorded is not done. Without growing
 * delays the webhook would get each event every few seconds for as long as the ledger cannot be
 * written.
 */
export interface Recording {
  /**
   * Takes the fate of a record. The last one of a batch starts the batch's update, while the next
   * request is under way: a crash then repeats less, and the invocation ends sooner.
   */
  settle(record: DeliveryRecord, fate: Fate): void;
  /**
   * Records what has not been recorded yet, and waits for all.
   * @param fates of all records
   * @returns the fates after that
   */
  end(fates: Fates): Promise<RecordedFates>;
}

/** @param records those whose fates come one after the other, by `settle` */
export function startRecording(
  records: readonly DeliveryRecord[],
  deps: Deps & Pick<DeliverContext, 'later'>,
): Recording {
  const left = new Map(
    [...Map.groupBy(records, ({ message }) => message.batch)].map(([id, those]) => [id, those.length]),
  );
  const settled = new Map<string, Entry[]>();
  const recorded = new Map<string, Promise<Recorded>>();
  const recordOnce = (id: string, entries: readonly Entry[]): Promise<Recorded> => {
    const started = recorded.get(id) ?? recordBatch(id, entries, deps);
    recorded.set(id, started);
    return started;
  };
  return {
    settle(record, fate) {
      if (!deps.tracking.isTracked(record)) return;
      const { batch } = record.message;
      const entries = settled.get(batch) ?? [];
      settled.set(batch, [...entries, [record, fate]]);
      if (entries.length + 1 === left.get(batch))
        deps.later(() => void recordOnce(batch, settled.get(batch) ?? []));
    },

    async end(fates) {
      const after = new Map(fates);
      const tracked = [...fates].filter(([record]) => deps.tracking.isTracked(record));
      const byBatch = [...Map.groupBy(tracked, ([{ message }]) => message.batch)];
      const results = await Promise.all(byBatch.map(([id, entries]) => recordOnce(id, entries)));
      for (const [record, fate] of results.flatMap(({ unrecorded }) => unrecorded)) after.set(record, fate);
      if (results.some(({ isComplete }) => isComplete)) await writeCheckpoint(deps);
      return { fates: after, isRecorded: results.every(({ isRecorded }) => isRecorded) };
    },
  };
}

/** Records fates that are known all at once. */
export async function recordFates(fates: Fates, deps: Deps): Promise<RecordedFates> {
  return await startRecording([], { ...deps, later: (work) => work() }).end(fates);
}

interface Recorded {
  readonly isRecorded: boolean;
  /** True when nothing of the batch is pending any more. */
  readonly isComplete: boolean;
  readonly unrecorded: readonly Entry[];
}

const NOTHING: Recorded = { isRecorded: true, isComplete: false, unrecorded: [] };

/** Records the outcomes of one batch. If the batch is gone, another invocation has completed it. */
async function recordBatch(id: string, entries: readonly Entry[], deps: Deps): Promise<Recorded> {
  const outcomes = outcomesOf(entries);
  if (outcomes.delivered.size + outcomes.failed.size + outcomes.deadLettered.size === 0) return NOTHING;
  try {
    if (!(await unlessThrottled(() => deps.ledger.record(id, outcomes), deps))) return NOTHING;
  } catch (error) {
    deps.tell('error', 'ledger.failed', { batch: id, error: errorName(error) });
    const unrecorded = entries.flatMap((entry) => returned(entry, deps));
    return { isRecorded: false, isComplete: false, unrecorded };
  }
  try {
    await deps.ledger.removeIfDelivered(id);
  } catch (error) {
    deps.tell('warn', 'batch.remove-failed', { batch: id, error: errorName(error) }); // the next poll removes it
  }
  return { isRecorded: true, isComplete: true, unrecorded: [] };
}

function returned([record, fate]: Entry, { random }: Deps): readonly Entry[] {
  const delaySeconds = unrecordedDelay(record.receiveCount, random());
  // A dead letter whose mark is not written would look like an event that lost its message.
  if (fate.kind === 'delivered' || fate.kind === 'dead-lettered')
    return [[record, { kind: 'returned', delaySeconds }]];
  if (fate.kind !== 'failed') return [];
  return [[record, { ...fate, delaySeconds: Math.max(fate.delaySeconds, delaySeconds) }]];
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
