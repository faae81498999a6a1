import type { Ledger } from '../ledger/ledger.ts';
import type { PauseSwitch } from '../ledger/pause.ts';
import type { Queue } from '../queue/queue.ts';

/** What an operation works on. Each operation takes the parts that it needs, and prints nothing. */
export interface OperationsDeps {
  readonly ledger: Ledger;
  readonly pauses: PauseSwitch;
  /** The queue of events on their way. */
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly randomId: () => string;
}

/**
 * Reports how far a long operation has come: how many, and the `log_id` of the last one if it has
 * one.
 */
export type OnProgress = (done: number, logId?: string) => void;
