import { createHash } from 'node:crypto';

/**
 * The `webhook-id` of a request: the event's own id, the same on every attempt; of several events
 * in one request a digest of theirs, the same as long as SQS hands out the same ones together.
 */
export function webhookIdOf(logIds: readonly string[]): string {
  const [only, ...others] = logIds;
  if (only !== undefined && others.length === 0) return only;
  return `batch-${createHash('sha256').update(logIds.join(' ')).digest('hex')}`;
}
