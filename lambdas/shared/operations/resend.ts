import { Untracked } from '../contract.ts';
import { type Ledger, orderIn } from '../ledger/ledger.ts';
import type { EventQueue } from '../queue/event-queue.ts';
import type { WebhookMessage } from '../queue/webhook-message.ts';
import { OperationError } from './operation-error.ts';
import type { OnProgress } from './operations-deps.ts';
import { refuseOtherTenant } from './whose-log.ts';

/** An event that was read from Auth0's log to be sent once more. */
export type ReplayedEvent = Pick<WebhookMessage, 'body' | 'logId' | 'resource' | 'date'>;

export interface ResendDeps {
  readonly events: Pick<EventQueue, 'send'>;
  readonly ledger: Pick<Ledger, 'readState'>;
  /**
   * The tenant whose log the events are read from, by the settings; undefined when they are at
   * hand.
   */
  readonly tenant: string | undefined;
  /** Reads those of the ids that the log still has, in log order. */
  readonly readEvents: (logIds: readonly string[]) => Promise<readonly ReplayedEvent[]>;
  /**
   * Reads the matching events after one position, up to and with another: a page of the log at a
   * time, in its order.
   */
  readonly readRange: (after: string, until: string) => AsyncIterable<readonly ReplayedEvent[]>;
  /** Ends the work early, between two pages of a range. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Gives this command's id. If it is repeated under the same id within five minutes, SQS drops
   * what it has.
   */
  readonly randomId: () => string;
}

export type ResendArgs =
  | { readonly logIds: readonly string[] }
  | { readonly after: string; readonly until: string };

export interface Resent {
  readonly sent: number;
  /** True when the signal ended the work. */
  readonly isInterrupted?: true;
}

/** More ids than a person names one by one. A range has no limit. */
const MOST_IDS = 1_000;

/**
 * Sends events again, delivered or not, under the same webhook id and with today's secret. They are
 * no part of the ledger: nothing waits for them, and an attempt's line calls each a replay. They
 * come after what waits of their resource.
 */
export async function resend(
  deps: ResendDeps,
  args: ResendArgs,
  onProgress: OnProgress = () => {},
): Promise<Resent> {
  const batch = `${Untracked.replay}-${deps.randomId()}`;
  const state = await deps.ledger.readState();
  refuseOtherTenant(state, deps.tenant);
  const order = orderIn(state);
  let sent = 0;
  for await (const events of 'logIds' in args ? [await named(deps, args.logIds)] : ranged(deps, args)) {
    const first = sent;
    await deps.events.send(
      events.map((event, index) => ({
        ...event,
        ledger: Untracked.replay,
        batch,
        // An ordinal has few digits. The log_id tells events apart that are further apart.
        ordinal: (first + index) % 10_000,
      })),
      order,
    );
    sent += events.length;
    onProgress(sent, events.at(-1)?.logId);
    if (deps.signal?.aborted === true && !('logIds' in args)) return { sent, isInterrupted: true };
  }
  return { sent };
}

async function named({ readEvents }: ResendDeps, logIds: readonly string[]) {
  for (const id of logIds) {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(id))
      throw new OperationError('argument', `"${id}" is no log_id: those are 56 digits`);
  }
  if (logIds.length === 0 || logIds.length > MOST_IDS) {
    throw new OperationError(
      'argument',
      `${logIds.length} log_ids were given: give 1 to ${MOST_IDS}, or a range`,
    );
  }
  const found = await readEvents([...new Set(logIds)]);
  const ids = new Set(found.map(({ logId }) => logId));
  const missing = logIds.filter((id) => !ids.has(id));
  if (missing.length === 0) return found;
  throw new OperationError(
    'argument',
    `Auth0's log does not have, or no longer has: ${missing.join(', ')}. Nothing was sent; leave these out`,
  );
}

function ranged({ readRange }: ResendDeps, { after, until }: { after: string; until: string }) {
  if (!/^\d+$/.test(after) || !/^\d+$/.test(until) || after.length !== until.length || after >= until) {
    throw new OperationError(
      'argument',
      `the range from "${after}" to "${until}" is empty or none of log_ids: give the earlier one first`,
    );
  }
  return readRange(after, until);
}
