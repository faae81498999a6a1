import type { Batch } from '../shared/ledger/items.ts';
import { errorName } from '../shared/logger.ts';
import type { DeliverDeps, DeliveryRecord } from './delivery.ts';
import type { Fate } from './fate.ts';
import { fateOf, type History } from './fate-of.ts';
import { inLanes, laneBy } from './lanes.ts';
import { recordFates } from './record-fates.ts';
import { webhookIdOf } from './webhook-id.ts';

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

  if (deps.attemptTogether) await deliverTogether(deps.attemptTogether);
  else
    await inLanes(
      laneBy(records, ({ group }) => group),
      deps.sideBySide,
      deliverInOrder,
    );
  await recordFates(fates, isTracked, deps);
  return await returnToQueue();

  async function deliverInOrder(lane: readonly R[]): Promise<void> {
    const attempted = new Map<string, Fate>();
    let held: number | undefined; // seconds that the rest of the lane waits
    for (const record of lane) {
      if (held !== undefined) fates.set(record, { kind: 'returned', delaySeconds: held });
      else if (isSettled(record)) fates.set(record, { kind: 'done' });
      else if (!deps.mayStartAttempt()) {
        held = pauseBeforeStart(record);
        fates.set(record, { kind: 'returned', delaySeconds: held });
      } else {
        const place = placeOf(record);
        const fate = attempted.get(place) ?? (await attemptOnce(record));
        attempted.set(place, fate); // SQS may hand out the same event twice: one request
        fates.set(record, fate);
        if (fate.kind === 'failed') held = fate.delaySeconds;
      }
    }
  }

  /** SEND_AS_BATCH: the records of the invocation are one request. */
  async function deliverTogether(request: NonNullable<typeof deps.attemptTogether>): Promise<void> {
    const open = new Map<string, R>();
    for (const record of records) {
      if (isSettled(record) || open.has(placeOf(record))) fates.set(record, { kind: 'done' });
      else open.set(placeOf(record), record);
    }
    if (open.size === 0) return;
    if (deps.mayStartAttempt()) await attemptAll([...open.values()], request);
    else for (const record of open.values()) fates.set(record, { kind: 'returned', delaySeconds: 0 });
  }

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
    const startedAt = now();
    const outcome = await deps.attempt(record.message);
    return await fateOf(
      record,
      historyOf(record, startedAt),
      { webhookId: record.message.logId, outcome, startedAt },
      deps,
    );
  }

  /** All in one request, which is one outcome and one delay for all of them. */
  async function attemptAll(
    open: readonly R[],
    request: NonNullable<typeof deps.attemptTogether>,
  ): Promise<void> {
    const startedAt = now();
    const webhookId = webhookIdOf(open.map(({ message }) => message.logId));
    const outcome = await request(
      webhookId,
      open.map(({ message }) => message),
    );
    const histories = open.map((record) => [record, historyOf(record, startedAt)] as const);
    const delayAttempts = Math.max(...histories.map(([, { attempts }]) => attempts));
    const random = deps.random();
    const together = { ...deps, random: () => random };
    await Promise.all(
      histories.map(async ([record, history]) => {
        const fate = await fateOf(
          record,
          { ...history, delayAttempts },
          { webhookId, outcome, startedAt },
          together,
        );
        fates.set(record, fate);
      }),
    );
  }

  /** By the ledger's count: SQS's own also counts followers that were never attempted. */
  function historyOf(record: R, startedAt: number): History {
    const tracked = isTracked(record);
    const before = batches.get(record.message.batch)?.failures.get(record.message.ordinal);
    const attempts = tracked ? (before?.attempts ?? 0) + 1 : record.receiveCount;
    return { tracked, attempts, firstAt: before?.firstAt ?? (tracked ? startedAt : record.sentAt) };
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

/** At once, but later once it was handed out often for nothing: SQS moves a message away after a thousand receives. */
function pauseBeforeStart({ receiveCount }: DeliveryRecord): number {
  return Math.min(30, Math.floor(receiveCount / 10));
}

function placeOf({ message }: DeliveryRecord): string {
  return `${message.batch} ${message.ordinal}`;
}
