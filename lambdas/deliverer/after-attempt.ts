import { errorName } from '../shared/logger.ts';
import type { DeliverContext } from './deliver-deps.ts';
import { type Fate, returnDelayOf } from './fate.ts';
import type { Outcome } from './outcome.ts';
import type { DeliveryRecord } from './records.ts';
import { isWindowOver } from './retry-policy.ts';
import type { History } from './tracking.ts';

/** The request that carried the event. */
export interface Request {
  readonly webhookId: string;
  readonly outcome: Outcome;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** From 0 up to 1. All events of the request share it, so that they come back together. */
  readonly random: number;
}

/**
 * Decides what becomes of an event after an attempt. Moves the event to the dead-letter queue if
 * its retry window is over, and writes the attempt's log line.
 * @param request has the receive count by which the records of its group return
 */
export async function afterAttempt(
  record: DeliveryRecord,
  request: Request & { readonly receiveCount: number },
  context: DeliverContext,
): Promise<Fate> {
  const history = context.tracking.historyOf(record);
  const attempt = history.attempts + 1;
  const fate = await decide(record, { ...history, attempts: attempt }, request, context);
  const { webhookId, outcome, startedAt, endedAt } = request;
  context.tellAttempt({
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

/** @param history counts this attempt */
async function decide(
  record: DeliveryRecord,
  { attempts, firstAt: before }: History,
  { outcome, startedAt, random, receiveCount }: Request & { readonly receiveCount: number },
  { gate, now, queue, tell, retryWindowSeconds }: DeliverContext,
): Promise<Fate> {
  if (outcome.kind === 'delivered') return { kind: 'delivered' };
  const { retryAfterSeconds, reason, status } = outcome;
  const { sentAt } = record;
  const firstAt = before ?? startedAt;
  const answer = { retryAfterSeconds, gone: reason === 'gone' };
  const delaySeconds = gate.failedDelay({ attempts, receiveCount, firstAt }, answer, random);
  const failed: Fate = { kind: 'failed', failure: { attempts, firstAt }, delaySeconds };
  if (!isWindowOver({ firstAt, sentAt, retryWindowSeconds }, now())) return failed;
  try {
    await queue.deadLetter(record, { reason, status, attempts });
    return { kind: 'dead-lettered' }; // still pending in the ledger, until it is redriven or dismissed
  } catch (error) {
    tell('error', 'dead-letter.failed', { logId: record.message.logId, error: errorName(error) });
    return failed;
  }
}
