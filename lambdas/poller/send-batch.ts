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
  const messages = sending.messages.map((message) => ({ ...message, round: 0 }));
  const doubt = await deps.queue.sendQuickly(messages, sending.order);
  if (doubt === undefined) return await deps.ledger.markEnqueued({ id, round: 0 });
  const sent = await sendAnew({ id, unreadable: new Set() }, sending, deps);
  if (sent === 'overtaken') return false;
  deps.tell('warn', 'batch.sent-anew', { batch: id, events: sent === 'delivered' ? 0 : sent, reason: doubt });
  return true;
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
  { id, unreadable, deadLettered = new Set() }: Pick<Batch, 'id' | 'unreadable' | 'deadLettered'>,
  { messages, order }: Sending,
  { ledger, queue }: Deps,
): Promise<number | 'delivered' | 'overtaken'> {
  const begun = await ledger.beginRound(id, new Set([...unreadable, ...deadLettered]));
  if (!begun) return (await ledger.readBatch(id)) === undefined ? 'delivered' : 'overtaken';
  const { round, pending, kept } = begun;
  const due = messages.filter(({ ordinal }) => pending.has(ordinal) && !kept.has(ordinal));
  await queue.send(
    due.map((message) => ({ ...message, round })),
    order,
  );
  // Another poll may have found some unreadable, and died before it could mark them. What was kept
  // as a dead letter may have been redriven since. Marked, it would not be read again should that
  // message be lost.
  const known = new Set([...messages.map(({ ordinal }) => ordinal), ...deadLettered]);
  const isUnsent = (ordinal: number) =>
    pending.has(ordinal) && !known.has(ordinal) && begun.deadLettered?.has(ordinal) !== true;
  const unsent = new Set([...kept].filter(isUnsent));
  return (await ledger.markEnqueued({ id, round }, unsent)) ? due.length : 'overtaken';
}
