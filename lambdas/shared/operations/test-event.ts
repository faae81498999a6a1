import { Untracked } from '../contract.ts';
import { type Ledger, orderIn } from '../ledger/ledger.ts';
import type { EventQueue } from '../queue/event-queue.ts';

export interface TestEvent {
  /** Its log_id, which the webhook gets as `webhook-id`. */
  readonly logId: string;
}

/**
 * Puts an event on the queue that no log has. It is signed, retried and dead-lettered as any other;
 * its ids begin with `test-`. It names a ledger that no table has, so that no checkpoint waits for
 * it. Where the order is total it goes into the one message group. In another group it would be a
 * second request at the same time (P4).
 */
export async function sendTestEvent({
  events,
  ledger,
  now,
  randomId,
}: {
  readonly events: Pick<EventQueue, 'send'>;
  readonly ledger: Pick<Ledger, 'readState'>;
  readonly now: () => number;
  readonly randomId: () => string;
}): Promise<TestEvent> {
  const logId = `test-${Math.floor(now() / 1_000)}-${randomId()}`;
  const date = new Date(now()).toISOString();
  const body = { date, log_id: logId, type: 'test', description: 'Test event', request: {}, response: {} };
  const order = orderIn(await ledger.readState());
  const message = {
    ledger: Untracked.test,
    batch: logId,
    ordinal: 0,
    logId,
    date,
    resource: logId, // a message group of its own: one that fails holds back no other
    body: JSON.stringify(body),
  };
  await events.send([message], order);
  return { logId };
}
