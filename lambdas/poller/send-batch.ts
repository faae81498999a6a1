import type { Batch, Order } from '../shared/ledger/items.ts';
import type { WebhookMessage } from '../shared/queue/webhook-message.ts';
import type { PollDeps } from './poll-deps.ts';

/** What a batch sends. */
export interface Sending {
  readonly messages: readonly WebhookMessage[];
  readonly order: Order;
}

type Deps = Pick<PollDeps, 'ledger' | 'queue' | 'tell'>;

/**
 * Sends the events of a batch that was just claimed, and marks it. It sends quickly first. If that
 * may have left events in the wrong order, it sends them anew, one of a resource at a time.
 * @returns false when another poll has taken over
 */
export async function sendBatch(
  { id, ...sending }: Sending & Pick<Batch, 'id'>,
  deps: Deps,
): Promise<boolean> {
  const doubt = await deps.queue.sendQuickly(sending.messages, sending.order);
  if (doubt === undefined) return await deps.ledger.markEnqueued({ id, round: 0 });
  deps.tell('warn', 'batch.sent-anew', { batch: id, events: sending.messages.length, reason: doubt });
  const batch = { id, unreadable: new Set<number>(), deadLettered: undefined };
  return (await sendAnew(batch, sending, deps)) !== 'overtaken';
}

/**
 * Sends anew what is still pending of a batch that is not marked enqueued, one of a resource at a
 * time, and marks it. A poll that goes on where one died in the middle of this sends the same
 * messages. The delivery function ignores those of the first sending, but only once the new one is
 * marked: were it to do so before, a crash in between would lose events. Dead letters and
 * unreadable events keep the messages that they have.
 * @returns how many were sent; or that all of the batch was delivered meanwhile, or that another
 *   poll has taken over
 */
export async function sendAnew(
  batch: Pick<Batch, 'id' | 'unreadable' | 'deadLettered'>,
  { messages, order }: Sending,
  { ledger, queue }: Deps,
): Promise<number | 'delivered' | 'overtaken'> {
  const { id, unreadable } = batch;
  const begun = await ledger.beginRound(id, new Set([...unreadable, ...(batch.deadLettered ?? [])]));
  if (!begun) return (await ledger.readBatch(id)) === undefined ? 'delivered' : 'overtaken';
  const { round, pending, kept } = begun;
  const due = messages.filter(({ ordinal }) => pending.has(ordinal) && !kept.has(ordinal));
  await queue.send(
    due.map((message) => ({ ...message, round })),
    order,
  );
  return (await ledger.markEnqueued({ id, round }, unreadable)) ? due.length : 'overtaken';
}
