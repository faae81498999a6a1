import type { Batch, Failure } from '../shared/ledger/items.ts';
import { errorName } from '../shared/logger.ts';
import type { DeliverDeps, DeliveryRecord } from './delivery.ts';
import type { Fate } from './fate.ts';
import { inLanes, laneBy } from './lanes.ts';
import type { Outcome } from './outcome.ts';
import { recordFates } from './record-fates.ts';
import { retryDelay } from './retry-delay.ts';

/** SQS keeps a message 14 days; a retry of up to 6 hours and an operator's alarm at 10 must fit before that. */
const LONGEST_IN_QUEUE_MS = 12 * 24 * 3_600_000;
/**
 * Delivers the records of one invocation (DESIGN §4): in order within a resource, resources side by side; a failing
 * event is retried alone. Returns the records that go back to the queue.
 */
export async function deliver<R extends DeliveryRecord>(
  records: readonly R[],
  deps: DeliverDeps<R>,
): Promise<readonly R[]> {
  const { ledger, now } = deps;
  // The state last: if it is still of the records' ledger, the batches were read from that table, and a missing one is done.
  const batches = await readBatches();
  const state = await ledger.readState();
  const fates = new Map<R, Fate>();

  await inLanes(
    laneBy(records, ({ group }) => group),
    deps.sideBySide,
    async (lane) => {
      const attempted = new Map<string, Fate>();
      let held: number | undefined; // seconds that the rest of the lane waits
      for (const record of lane) {
        if (held !== undefined) fates.set(record, { kind: 'returned', delaySeconds: held });
        else if (isSettled(record)) fates.set(record, { kind: 'done' });
        else if (!deps.mayStartAttempt()) {
          held = 0;
          fates.set(record, { kind: 'returned', delaySeconds: held });
        } else {
          const place = `${record.message.batch} ${record.message.ordinal}`;
          const fate = attempted.get(place) ?? (await attemptOnce(record));
          attempted.set(place, fate); // SQS may hand out the same event twice: one request
          fates.set(record, fate);
          if (fate.kind === 'failed') held = fate.delaySeconds;
        }
      }
    },
  );
  await recordFates(fates, isTracked, deps);
  return await returnToQueue();

  async function readBatches(): Promise<ReadonlyMap<string, Batch | undefined>> {
    const ids = new Set(records.map(({ message }) => message.batch));
    return new Map(await Promise.all([...ids].map(async (id) => [id, await ledger.readBatch(id)] as const)));
  }

  /** Of this table's ledger; a table that was lost or replaced knows nothing of it, so it is delivered without bookkeeping. */
  function isTracked({ message }: DeliveryRecord): boolean {
    return message.ledger === state?.ledger;
  }

  /** A missing batch means delivered: an earlier invocation did it and could not delete the message. */
  function isSettled(record: DeliveryRecord): boolean {
    return isTracked(record) && !batches.get(record.message.batch)?.pending.has(record.message.ordinal);
  }

  async function attemptOnce(record: R): Promise<Fate> {
    const tracked = isTracked(record);
    const before = batches.get(record.message.batch)?.failures.get(record.message.ordinal);
    const attempt = tracked ? (before?.attempts ?? 0) + 1 : record.receiveCount;
    const startedAt = now();
    const outcome = await deps.attempt(record.message);
    const endedAt = now();
    const firstAt = before?.firstAt ?? (tracked ? startedAt : record.sentAt);
    const fate =
      outcome.kind === 'delivered'
        ? ({ kind: 'delivered' } as const)
        : await afterFailure(record, outcome, { attempts: attempt, firstAt });
    deps.told({
      record,
      attempt,
      outcome,
      startedAt,
      endedAt,
      tracked,
      deadLettered: fate.kind === 'dead-lettered',
      delaySeconds: fate.kind === 'failed' ? fate.delaySeconds : undefined,
    });
    return fate;
  }

  async function afterFailure(
    record: R,
    outcome: Outcome & { kind: 'retry' },
    failure: Failure,
  ): Promise<Fate> {
    const windowIsOver =
      now() - failure.firstAt >= deps.retryWindowSeconds * 1_000 ||
      now() - record.sentAt >= LONGEST_IN_QUEUE_MS;
    const { retryAfterSeconds, reason, status } = outcome;
    const delaySeconds = retryDelay(failure.attempts, deps.random(), {
      retryAfterSeconds,
      gone: reason === 'gone',
    });
    if (!windowIsOver) return { kind: 'failed', failure, delaySeconds };
    try {
      await deps.deadLetter(record, { reason, status, attempts: failure.attempts });
      return { kind: 'dead-lettered' }; // still pending in the ledger, until it is redriven or dismissed
    } catch (error) {
      deps.tell('error', 'dead-letter.failed', { logId: record.message.logId, error: errorName(error) });
      return { kind: 'failed', failure, delaySeconds };
    }
  }

  /** Each returned record gets a time of its own: it would keep the old one, and one follower in flight blocks its group. */
  async function returnToQueue(): Promise<readonly R[]> {
    const returned = records.flatMap((record) => {
      const fate = fates.get(record);
      return fate?.kind === 'failed' || fate?.kind === 'returned'
        ? [{ record, delaySeconds: fate.delaySeconds }]
        : [];
    });
    await Promise.all(
      returned.map(async ({ record, delaySeconds }) => {
        try {
          await deps.postpone(record, delaySeconds);
        } catch (error) {
          deps.tell('warn', 'postpone.failed', { logId: record.message.logId, error: errorName(error) });
        }
      }),
    );
    return returned.map(({ record }) => record);
  }
}
