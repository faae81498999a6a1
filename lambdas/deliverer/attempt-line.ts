import type { LogFields } from '../shared/logger.ts';
import { Metric, type MetricName } from '../shared/metrics.ts';
import type { Attempted } from './delivery.ts';

/** The one log line of an attempt, and its metrics. Ids and outcomes only: never the payload. */
export function attemptLine(attempted: Attempted): {
  readonly fields: LogFields;
  readonly values: Partial<Record<MetricName, number>>;
} {
  const { record, outcome, attempt, startedAt, endedAt, deadLettered, delaySeconds, tracked } = attempted;
  const { logId, batch, ordinal, resource, date } = record.message;
  const delivered = outcome.kind === 'delivered';
  const failure = delivered
    ? {}
    : { reason: outcome.reason, redirectHost: outcome.redirectHost, excerpt: outcome.excerpt };
  return {
    fields: {
      logId,
      webhookId: logId,
      resource,
      batch,
      ordinal,
      attempt,
      outcome: delivered ? 'delivered' : deadLettered ? 'dead-lettered' : 'retry',
      status: outcome.status,
      ...failure,
      durationMs: endedAt - startedAt,
      retryDelaySeconds: delaySeconds,
      nextAttemptAt:
        delaySeconds === undefined ? undefined : new Date(endedAt + delaySeconds * 1_000).toISOString(),
      ...(tracked ? {} : { tracked }),
    },
    values: {
      [Metric.webhookLatency]: endedAt - startedAt,
      ...(delivered ? endToEnd(date, endedAt) : { [Metric.attemptsFailed]: 1 }),
      ...(deadLettered ? { [Metric.eventsDeadLettered]: 1 } : {}),
    },
  };
}

function endToEnd(date: string | undefined, endedAt: number): Partial<Record<MetricName, number>> {
  const seconds = (endedAt - Date.parse(date ?? '')) / 1_000;
  return Number.isNaN(seconds) ? {} : { [Metric.endToEndSeconds]: Math.max(0, seconds) };
}
