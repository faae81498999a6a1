import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Log } from '../shared/logger.ts';
import type { WebhookMessage } from '../shared/queue/webhook-message.ts';
import type { Attempt } from './attempt-line.ts';
import type { Outcome } from './outcome.ts';
import type { RecordQueue } from './record-queue.ts';

/** What delivering touches. */
export interface DeliverDeps {
  readonly ledger: Pick<
    Ledger,
    'readState' | 'readBatch' | 'record' | 'removeIfDelivered' | 'checkpoint' | 'writeCheckpoint'
  >;
  readonly queue: Pick<RecordQueue, 'hide' | 'deadLetter'>;
  /**
   * One HTTP request for these events, in order; never throws. Without SEND_AS_BATCH it is always one event.
   * @param webhookId the receiver's idempotency key
   */
  readonly attempt: (webhookId: string, messages: readonly WebhookMessage[]) => Promise<Outcome>;
  readonly sendAsBatch: boolean;
  /** Tells one attempt of one event. */
  readonly tellAttempt: (attempt: Attempt) => void;
  readonly tell: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Whether an attempt that takes its whole time-out still ends before the function has to. */
  readonly mayStartAttempt: () => boolean;
  /** Attempts at a time: this invocation's share of `concurrentCalls`. */
  readonly sideBySide: number;
  readonly retryWindowSeconds: number;
}
