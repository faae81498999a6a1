import type { EventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import type { WebhookMessage } from '../../lambdas/shared/queue/webhook-message.ts';

export interface FakeQueue extends EventQueue {
  /** Messages that were accepted and not taken yet, in the order of acceptance. */
  readonly messages: WebhookMessage[];
  /** All messages that were ever accepted. */
  readonly accepted: WebhookMessage[];
  /** Loses all messages. */
  purge(): void;
  /** Forgets which messages it has seen, as SQS does after five minutes. */
  forgetDuplicates(): void;
  /** Number of messages on the dead-letter queue. */
  deadLettered: number;
  /** When set, the next send fails after so many messages. */
  breakAfter?: number | undefined;
}

export class BrokenSendError extends Error {}

/** A FIFO queue in memory. It drops what it has seen: the same event of the same batch. */
export function fakeQueue(): FakeQueue {
  const seen = new Set<string>();
  const queue: FakeQueue = {
    messages: [],
    accepted: [],
    deadLettered: 0,
    async sendQuickly(messages) {
      await queue.send(messages, 'resource');
      return undefined;
    },
    async send(messages) {
      const breakAfter = queue.breakAfter;
      queue.breakAfter = undefined;
      for (const [index, message] of messages.entries()) {
        if (index === breakAfter) throw new BrokenSendError();
        const id = `${message.logId} ${message.batch} ${message.ordinal} ${message.round ?? 0}`;
        if (seen.has(id)) continue;
        seen.add(id);
        queue.messages.push(message);
        queue.accepted.push(message);
      }
    },
    counts: async () => ({ waiting: queue.messages.length, deadLettered: queue.deadLettered }),
    purge: () => {
      queue.messages.length = 0;
    },
    forgetDuplicates: () => seen.clear(),
  };
  return queue;
}
