import type { QueueDriver } from './queue-driver.ts';
import type { Watch } from './watch.ts';

/** Gives the watch SQS's metrics of both queues. The dead letters' age is by the world's clock. */
export function createQueueMetrics(
  queue: QueueDriver,
  watch: Watch,
  names: Readonly<Record<'queue' | 'deadLetterQueue', { readonly name: string }>>,
): () => Promise<void> {
  /** When the dead-letter queue was last empty. */
  let deadSince: number | undefined;

  return async () => {
    for (const which of ['queue', 'deadLetterQueue'] as const) {
      const { visible, notVisible } = await queue.counts(which);
      if (which === 'deadLetterQueue') deadSince = visible > 0 ? (deadSince ?? watch.now) : undefined;
      watch.take('AWS/SQS', 'QueueName', names[which].name, {
        ApproximateNumberOfMessagesVisible: visible,
        ApproximateNumberOfMessagesNotVisible: notVisible,
        ...(which === 'deadLetterQueue' && deadSince !== undefined
          ? { ApproximateAgeOfOldestMessage: watch.now - deadSince }
          : {}),
      });
    }
  };
}
