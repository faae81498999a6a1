import type { SQSRecord } from 'aws-lambda';
import { errorName, type Tell } from '../shared/logger.ts';
import type { RecordQueue } from './record-queue.ts';

/**
 * Moves messages that somebody put on the queue by hand to the dead-letter queue.
 * @returns ids of those that could not be moved
 */
export async function deadLetterForeign(
  records: readonly SQSRecord[],
  { queue, tell }: { readonly queue: Pick<RecordQueue, 'deadLetterForeign'>; readonly tell: Tell },
): Promise<readonly string[]> {
  const kept = await Promise.all(
    records.map(async (record) => {
      tell('warn', 'message.foreign', { messageId: record.messageId });
      try {
        await queue.deadLetterForeign(record);
        return [];
      } catch (error) {
        tell('error', 'dead-letter.failed', { messageId: record.messageId, error: errorName(error) });
        return [record.messageId];
      }
    }),
  );
  return kept.flat();
}
