import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Tell } from '../shared/logger.ts';
import type { WebhookMessage } from '../shared/queue/webhook-message.ts';
import type { Attempt } from './attempt-line.ts';
import type { Circumstances } from './circumstances.ts';
import type { Gate } from './endpoint/gate.ts';
import type { EndpointStore } from './endpoint/store.ts';
import type { Outcome } from './outcome.ts';
import type { RecordQueue } from './record-queue.ts';
import type { RequestLimit } from './request-limit.ts';
import type { Tracking } from './tracking.ts';

/** Everything outside the delivery that it touches. */
export interface DeliverDeps {
  readonly ledger: Pick<
    Ledger,
    'readBatches' | 'record' | 'removeIfDelivered' | 'checkpoint' | 'writeCheckpoint'
  >;
  /** Reads the state, what is paused, and the endpoint's item. */
  readonly circumstances: () => Promise<Circumstances>;
  readonly queue: Pick<RecordQueue, 'hide' | 'deadLetter'>;
  /**
   * Makes one HTTP request for these events, in order; never throws. Without SEND_AS_BATCH it is
   * always one event.
   * @param webhookId the receiver's idempotency key
   */
  readonly attempt: (webhookId: string, messages: readonly WebhookMessage[]) => Promise<Outcome>;
  readonly sendAsBatch: boolean;
  /** The limit that this process has learnt, with SEND_AS_BATCH. */
  readonly requestLimit: RequestLimit;
  /** Writes the log line of one attempt of one event. */
  readonly tellAttempt: (attempt: Attempt) => void;
  readonly tell: Tell;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Does something once the next request is under way, as its own work would else delay that. */
  readonly later: (work: () => void) => void;
  /** Milliseconds until the function has to end. */
  readonly remainingMs: () => number;
  /**
   * Milliseconds for which attempts may still start. An attempt that takes its whole time-out must
   * end before the function does. Negative when none may start.
   */
  readonly leftToStartMs: () => number;
  /** The endpoint that the settings name, and what all invocations know about it. */
  readonly endpoint: { readonly id: string; readonly store: EndpointStore };
  readonly concurrentCalls: number;
  /** Attempts at a time: this invocation's share of `concurrentCalls`. */
  readonly sideBySide: number;
  /** Requests a second over all invocations; 0 = no limit. */
  readonly mostPerSecond: number;
  readonly retryWindowSeconds: number;
}

/** The same, with what this invocation has read. */
export interface DeliverContext extends DeliverDeps {
  readonly tracking: Tracking;
  readonly gate: Gate;
}
