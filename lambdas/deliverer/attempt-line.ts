import { Untracked } from '../shared/contract.ts';
import type { LogFields } from '../shared/logger.ts';
import type { Outcome } from './outcome.ts';
import type { DeliveryRecord } from './records.ts';

/** One attempt of one event, as its log line shows it. */
export interface Attempt {
  readonly record: DeliveryRecord;
  readonly webhookId: string;
  /** From 1. */
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly deadLettered: boolean;
  readonly delaySeconds: number | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** False when the ledger does not know the event, as its table was lost or replaced. */
  readonly tracked: boolean;
}

/**
 * Makes the one log line of an attempt. It holds ids and outcomes only, never the payload. The
 * webhook id is left out where it is the log id, as it is without SEND_AS_BATCH.
 */
export function attemptFields(attempted: Attempt): LogFields {
  const { record, webhookId, outcome, attempt, startedAt, endedAt, deadLettered, delaySeconds, tracked } =
    attempted;
  const { logId, batch, ordinal, resource } = record.message;
  const delivered = outcome.kind === 'delivered';
  const failure = delivered
    ? {}
    : {
        reason: outcome.reason,
        detail: outcome.detail,
        redirectHost: outcome.redirectHost,
        excerpt: outcome.excerpt,
      };
  return {
    logId,
    webhookId: webhookId === logId ? undefined : webhookId,
    resource,
    batch,
    ordinal,
    attempt,
    outcome: delivered ? 'delivered' : deadLettered ? 'dead-lettered' : 'retry',
    status: outcome.status,
    statusClass: statusClass(outcome.status),
    ...failure,
    durationMs: endedAt - startedAt,
    endToEndSeconds: delivered ? endToEndSeconds(attempted) : undefined,
    retryDelaySeconds: delaySeconds,
    nextAttemptAt:
      delaySeconds === undefined ? undefined : new Date(endedAt + delaySeconds * 1_000).toISOString(),
    ...(tracked ? {} : { tracked }),
    ...(record.message.ledger === Untracked.replay ? { replay: true } : {}),
  };
}

/**
 * Seconds since the event happened. An event without a date counts from when it was enqueued, so
 * that the metric has every delivery.
 */
export function endToEndSeconds({ record: { message, sentAt }, endedAt }: Attempt): number {
  const happened = Date.parse(message.date ?? '');
  return Math.max(0, (endedAt - (Number.isNaN(happened) ? sentAt : happened)) / 1_000);
}

/**
 * The first digit of the status, as a word. Logs Insights can group by it, but not by a digit of a
 * number.
 */
function statusClass(status: number | undefined): string {
  return status === undefined ? 'none' : `${Math.floor(status / 100)}xx`;
}
