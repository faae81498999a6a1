import type { Grouping } from '../shared/ledger/items.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import type { Tell } from '../shared/logger.ts';
import type { EventQueue } from '../shared/queue/event-queue.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import type { LogClient } from './reading/log-client.ts';

/** Everything outside that a poll touches. */
export interface PollDeps {
  readonly log: LogClient;
  readonly ledger: Ledger;
  readonly queue: EventQueue;
  readonly settings: Auth0Settings;
  /** As this deployment wants it. It takes effect once nothing is open. */
  readonly grouping: Grouping;
  /** At most so many pages become one batch: a poll that finishes it has to read them all again. */
  readonly batchPages: number;
  readonly tell: Tell;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly randomId: () => string;
  /** Whether there is time left to read and enqueue one more page. */
  readonly mayStartPage: () => boolean;
  /** Milliseconds that one page with its tries may take, so that it can still be enqueued. */
  readonly pageTimeMs: () => number;
}
