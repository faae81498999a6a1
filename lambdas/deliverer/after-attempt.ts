import { errorName } from '../shared/logger.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { type Fate, returnDelayOf } from './fate.ts';
import type { Outcome } from './outcome.ts';
import type { DeliveryRecord } from './records.ts';
import { isWindowOver, retryDelay } from './retry-policy.ts';
import type { History } from './tracking.ts';

/** The request that the event was in. */
export interface Request {
  readonly webhookId: string;
  readonly outcome: Outcome;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** One for all events of the request, so that they come back together. */
  readonly random: number;
  /** The attempts by which the delay grows, if not the event's own. */
  readonly delayAttempts?: number;
}

type Deps = Pick<DeliverDeps, 'queue' | 'tell' | 'tellAttempt' | 'now' | 'retryWindowSeconds'>;

/** Decides what becomes of an event after an attempt, moves it if its retry window is over, and tells the attempt. */
export async function afterAttempt(
  record: DeliveryRecord,
  history: History,
  request: Request,
  deps: Deps,
): Promise<Fate> {
  const attempt = history.attempts + 1;
  const fate = await decide(record, { ...history, attempts: attempt }, request, deps);
  const { webhookId, outcome, startedAt, endedAt } = request;
  deps.tellAttempt({
    record,
    webhookId,
    outcome,
    startedAt,
    endedAt,
    attempt,
    tracked: history.tracked,
    deadLettered: fate.kind === 'dead-lettered',
    delaySeconds: returnDelayOf(fate),
  });
  return fate;
}

async function decide(
  record: DeliveryRecord,
  { attempts, firstAt: before }: History,
  { outcome, startedAt, random, delayAttempts = attempts }: Request,
  deps: Deps,
): Promise<Fate> {
  if (outcome.kind === 'delivered') return { kind: 'delivered' };
  const { retryAfterSeconds, reason, status } = outcome;
  const firstAt = before ?? startedAt;
  const delaySeconds = retryDelay(delayAttempts, random, { retryAfterSeconds, gone: reason === 'gone' });
  const failed: Fate = { kind: 'failed', failure: { attempts, firstAt }, delaySeconds };
  const window = { firstAt, sentAt: record.sentAt, retryWindowSeconds: deps.retryWindowSeconds };
  if (!isWindowOver(window, deps.now())) return failed;
  try {
    await deps.queue.deadLetter(record, { reason, status, attempts });
    return { kind: 'dead-lettered' }; // still pending in the ledger, until it is redriven or dismissed
  } catch (error) {
    deps.tell('error', 'dead-letter.failed', { logId: record.message.logId, error: errorName(error) });
    return failed;
  }
}
