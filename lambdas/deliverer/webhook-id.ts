import { createHash } from 'node:crypto';

/**
 * The `webhook-id` of a request. For one event it is the event's own id, the same on every attempt.
 * For several events it is a digest of their ids, the same as long as SQS hands out the same ones
 * together.
 */
export function webhookIdOf(logIds: readonly string[]): string {
  const [only, ...others] = logIds;
  if (only !== undefined && others.length === 0) return only;
  return `batch-${createHash('sha256').update(logIds.join(' ')).digest('hex')}`;
}
