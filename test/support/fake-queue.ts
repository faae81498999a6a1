import type { EventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import type { WebhookMessage } from '../../lambdas/shared/queue/webhook-message.ts';

export interface FakeQueue extends EventQueue {
  /** Accepted and not yet taken, in the order of acceptance. */
  readonly messages: WebhookMessage[];
  /** Everything that was ever accepted. */
  readonly accepted: WebhookMessage[];
  /** Loses all messages. */
  purge(): void;
  /** Forgets what it has seen, as SQS does after five minutes. */
  forgetDuplicates(): void;
  /** Messages on the dead-letter queue. */
  deadLettered: number;
  /** The next send breaks off after so many messages. */
  breakAfter?: number | undefined;
}

export class BrokenSendError extends Error {}

/** A FIFO queue in memory that drops what it has seen: the same event of the same batch. */
export function fakeQueue(): FakeQueue {
  const seen = new Set<string>();
  const queue: FakeQueue = {
    messages: [],
    accepted: [],
    deadLettered: 0,
    async send(messages) {
      const breakAfter = queue.breakAfter;
      queue.breakAfter = undefined;
      for (const [index, message] of messages.entries()) {
        if (index === breakAfter) throw new BrokenSendError();
        const id = `${message.logId} ${message.batch} ${message.ordinal}`;
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
