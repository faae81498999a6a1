import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Log } from '../shared/logger.ts';
import type { WebhookMessage } from '../shared/queue/webhook-message.ts';
import type { Outcome } from './outcome.ts';

/** One message of the queue, as SQS handed it to this invocation. */
export interface DeliveryRecord {
  readonly messageId: string;
  /** Message group: events of one group are attempted one after the other, in order. */
  readonly group: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly message: WebhookMessage;
}

export interface DeadLetter {
  readonly reason: string;
  readonly status: number | undefined;
  readonly attempts: number;
}

export interface DeliverDeps<R extends DeliveryRecord = DeliveryRecord> {
  readonly ledger: Pick<
    Ledger,
    'readState' | 'readBatch' | 'settle' | 'removeIfDelivered' | 'checkpoint' | 'writeCheckpoint'
  >;
  /** One HTTP request; never throws. */
  readonly attempt: (message: WebhookMessage) => Promise<Outcome>;
  /** Given with SEND_AS_BATCH: one HTTP request for all records of the invocation, in order; never throws. */
  readonly attemptTogether?:
    | ((webhookId: string, messages: readonly WebhookMessage[]) => Promise<Outcome>)
    | undefined;
  readonly deadLetter: (record: R, why: DeadLetter) => Promise<void>;
  /** Hides a message that is returned for so many seconds. */
  readonly postpone: (record: R, seconds: number) => Promise<void>;
  readonly told: (attempted: Attempted) => void;
  readonly tell: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Whether an attempt that takes its whole time-out still ends before the function has to. */
  readonly mayStartAttempt: () => boolean;
  readonly sideBySide: number;
  readonly retryWindowSeconds: number;
}

/** One attempt, for its log line. */
export interface Attempted {
  readonly record: DeliveryRecord;
  readonly webhookId: string;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly deadLettered: boolean;
  readonly delaySeconds: number | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  /** False: its table was lost or replaced, so nothing keeps count of it. */
  readonly tracked: boolean;
}
