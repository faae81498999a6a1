import type { Grouping } from '../shared/ledger/items.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Tell } from '../shared/logger.ts';
import type { EventQueue } from '../shared/queue/event-queue.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import type { LogClient } from './reading/log-client.ts';

/** Everything outside the poll that it touches. */
export interface PollDeps {
  readonly log: LogClient;
  readonly ledger: Ledger;
  readonly queue: EventQueue;
  readonly settings: Auth0Settings;
  /** The grouping that this deployment wants. It takes effect once nothing is open. */
  readonly grouping: Grouping;
  /** Pages of one batch at most: the poll that finishes a batch reads all of them again. */
  readonly batchPages: number;
  readonly tell: Tell;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly randomId: () => string;
  /** True while there is time to read and enqueue one more page. */
  readonly mayStartPage: () => boolean;
  /** Milliseconds that one page may take with all its tries, so that it can still be enqueued. */
  readonly pageTimeMs: () => number;
}
