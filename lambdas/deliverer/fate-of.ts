import { errorName } from '../shared/logger.ts';
import type { Attempted, DeliverDeps, DeliveryRecord } from './delivery.ts';
import type { Fate } from './fate.ts';
import { retryDelay } from './retry-delay.ts';

/** SQS keeps a message 14 days; a retry of up to 6 hours and an operator's alarm at 10 must fit before that. */
const LONGEST_IN_QUEUE_MS = 12 * 24 * 3_600_000;

/** What is known of an event's attempts, this one among them. */
export interface History {
  /** False: its table was lost or replaced, so nothing keeps count of it. */
  readonly tracked: boolean;
  readonly attempts: number;
  /** The attempts by which the delay grows: of several events in one request those of the one that was tried most. */
  readonly delayAttempts?: number;
  /** Epoch milliseconds of the first attempt. */
  readonly firstAt: number;
}

type Request = Pick<Attempted, 'webhookId' | 'outcome' | 'startedAt'>;

/** Decides what becomes of an event after an attempt, moves it if its retry window is over, and tells the attempt. */
export async function fateOf<R extends DeliveryRecord>(
  record: R,
  history: History,
  request: Request,
  deps: DeliverDeps<R>,
): Promise<Fate> {
  const endedAt = deps.now();
  const fate = await decide(record, history, request, deps);
  deps.told({
    ...request,
    record,
    endedAt,
    attempt: history.attempts,
    tracked: history.tracked,
    deadLettered: fate.kind === 'dead-lettered',
    delaySeconds: fate.kind === 'failed' ? fate.delaySeconds : undefined,
  });
  return fate;
}

async function decide<R extends DeliveryRecord>(
  record: R,
  { attempts, delayAttempts = attempts, firstAt }: History,
  { outcome }: Request,
  deps: DeliverDeps<R>,
): Promise<Fate> {
  if (outcome.kind === 'delivered') return { kind: 'delivered' };
  const { now, random, retryWindowSeconds } = deps;
  const { retryAfterSeconds, reason, status } = outcome;
  const delaySeconds = retryDelay(delayAttempts, random(), { retryAfterSeconds, gone: reason === 'gone' });
  const failed: Fate = { kind: 'failed', failure: { attempts, firstAt }, delaySeconds };
  const isOver =
    now() - firstAt >= retryWindowSeconds * 1_000 || now() - record.sentAt >= LONGEST_IN_QUEUE_MS;
  if (!isOver) return failed;
  try {
    await deps.deadLetter(record, { reason, status, attempts });
    return { kind: 'dead-lettered' }; // still pending in the ledger, until it is redriven or dismissed
  } catch (error) {
    deps.tell('error', 'dead-letter.failed', { logId: record.message.logId, error: errorName(error) });
    return failed;
  }
}
