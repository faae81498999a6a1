import { Metric } from '../shared/contract.ts';
import type { LogFields } from '../shared/logger.ts';
import type { MetricValues } from '../shared/metrics.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import type { PollReport } from './poll-report.ts';

const DAY_SECONDS = 24 * 3_600;

/** The fields of a poll's one log line. */
export function pollFields({
  verdicts,
  retryAt,
  settledInMs: _,
  failure: __,
  ...rest
}: PollReport): LogFields {
  return {
    ...rest,
    notType: verdicts.type,
    notEndpoint: verdicts.endpoint,
    notMethod: verdicts.method,
    excludedClient: verdicts.client,
    retryAtMs: retryAt,
  };
}

export function pollMetrics(report: PollReport, settings: Auth0Settings | undefined): MetricValues {
  const { unreadSeconds } = report;
  return {
    [Metric.lagSeconds]: report.lagSeconds,
    [Metric.logEventsRead]: report.read,
    [Metric.pollsRateLimited]: report.stoppedBy === 'rate-limit' ? 1 : 0,
    [Metric.gaps]: report.gaps + report.unreadable + report.abandoned,
    ...(settings && unreadSeconds !== undefined
      ? { [Metric.retentionUsed]: (100 * unreadSeconds) / (settings.retentionDays * DAY_SECONDS) }
      : {}),
  };
}
