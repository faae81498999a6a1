import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { SETTLE_RESERVE_SECONDS } from '../shared/contract.ts';
import { errorName, type Log } from '../shared/logger.ts';
import { metrics } from '../shared/metrics.ts';
import type { Parsed } from '../shared/settings/setting.ts';
import { tellFaults } from '../shared/settings/tell-faults.ts';
import type { WebhookSettings } from '../shared/settings/webhook-settings.ts';
import { attemptLine } from './attempt-line.ts';
import { deliver } from './deliver.ts';
import type { DeliverDeps } from './delivery.ts';
import type { RecordQueue } from './record-queue.ts';
import { parseRecords, type QueueRecord } from './records.ts';
import { retryDelay } from './retry-delay.ts';
import type { WebhookClient } from './webhook-client.ts';

export interface RunDeliverDeps
  extends Pick<DeliverDeps, 'ledger' | 'now' | 'random' | 'sideBySide' | 'retryWindowSeconds'> {
  readonly settings: () => Promise<Parsed<WebhookSettings>>;
  readonly secretId: string;
  readonly webhook: string;
  readonly client: (settings: WebhookSettings) => WebhookClient;
  readonly queue: RecordQueue;
  readonly tell: Log;
  readonly remainingMs: () => number;
}

/** One invocation: the records that return to the queue are named to Lambda, which deletes the others. */
export async function runDeliver({ Records }: SQSEvent, deps: RunDeliverDeps): Promise<SQSBatchResponse> {
  const { ours, foreign } = parseRecords(Records);
  const kept = await deadLetterForeign(foreign, deps);
  const returned = await deliverOurs(ours, deps);
  const failures = [...kept, ...returned.map(({ messageId }) => messageId)];
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function deliverOurs(
  records: readonly QueueRecord[],
  deps: RunDeliverDeps,
): Promise<readonly QueueRecord[]> {
  const { tell, webhook, queue } = deps;
  if (records.length === 0) return [];
  try {
    const parsed = await deps.settings();
    if ('faults' in parsed) {
      tellFaults(tell, webhook, deps.secretId, parsed);
      return await returnAll(records, deps);
    }
    const { settings } = parsed;
    const client = deps.client(settings);
    return await deliver(records, {
      ...deps,
      attempt: ({ logId, body }) => client.attempt(logId, body),
      attemptTogether: settings.sendAsBatch
        ? (webhookId, messages) =>
            client.attempt(webhookId, `[${messages.map(({ body }) => body).join(',')}]`)
        : undefined,
      told: (attempted) => {
        const { fields, values } = attemptLine(attempted);
        tell(
          attempted.outcome.kind === 'delivered' ? 'info' : 'warn',
          'delivery.attempted',
          fields,
          metrics(webhook, values),
        );
      },
      deadLetter: queue.deadLetter,
      postpone: queue.postpone,
      mayStartAttempt: () => deps.remainingMs() >= (settings.timeoutSeconds + SETTLE_RESERVE_SECONDS) * 1_000,
    });
  } catch (error) {
    // Secrets Manager or DynamoDB did not answer, and nothing was attempted: without this each message would wait 9 minutes.
    tell('error', 'delivery.not-started', { error: errorName(error), records: records.length });
    return await returnAll(records, deps);
  }
}

/** Nothing is lost while the settings are wrong or a service is down: everything returns to the queue, later each time. */
async function returnAll(
  records: readonly QueueRecord[],
  { queue, random, tell }: RunDeliverDeps,
): Promise<readonly QueueRecord[]> {
  const receives = Math.max(...records.map(({ receiveCount }) => receiveCount));
  const seconds = Math.min(retryDelay(receives, random()), LONGEST_WAIT_SECONDS); // one for all: a group keeps its order
  await Promise.all(
    records.map(async (record) => {
      try {
        await queue.postpone(record, seconds);
      } catch (error) {
        tell('warn', 'postpone.failed', { logId: record.message.logId, error: errorName(error) });
      }
    }),
  );
  return records;
}

/** 15 minutes: mended settings take effect soon, and 1,000 receives last for more than ten days. */
const LONGEST_WAIT_SECONDS = 15 * 60;

/** Gives the ids of those that could not be moved. */
async function deadLetterForeign(
  records: readonly SQSRecord[],
  { queue, tell }: RunDeliverDeps,
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
