import { Metric } from '../shared/contract.ts';
import type { Pauses } from '../shared/ledger/pause.ts';
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
  provenEnd: ___,
  isOpen: ____,
  seq: _____,
  wasOpen: ______,
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

/**
 * Fields of the filter in force. `verify` reads them with the positions of the poll, and so tells a
 * log event that was left out on purpose from a missing one.
 */
export function filterFields({ filter }: Pick<Auth0Settings, 'filter'>): LogFields {
  return {
    filterTypes: filter.logTypes,
    filterEndpoints: filter.endpoints.map((pattern) => pattern.join('/')),
    filterMethods: filter.methods,
    filterExcludes: filter.excludedClients,
  };
}

/**
 * Fields of the pauses: what is paused, why, and since when. Every poll's line has them meanwhile.
 */
export function pauseFields(pauses: Pauses): LogFields {
  return Object.fromEntries(
    Object.entries(pauses).flatMap(([what, { reason, at }]) => [
      [`${what}PausedSince`, new Date(at).toISOString()],
      [`${what}PausedBecause`, reason],
    ]),
  );
}

/** Seconds since the first of the pauses; 0 while nothing is paused. */
export function pausedSeconds(pauses: Pauses, now: number): number {
  const since = Object.values(pauses).map(({ at }) => at);
  return since.length === 0 ? 0 : Math.max(1, Math.round((now - Math.min(...since)) / 1_000));
}

/**
 * The poll's metrics. Lag is no fault while an operator has paused something, so it raises no
 * alarm. After a day it does, as the pause may have been forgotten.
 */
export function pollMetrics(
  report: PollReport,
  settings: Auth0Settings | undefined,
  pausedSeconds = 0,
): MetricValues {
  const { unreadSeconds } = report;
  const isPaused = pausedSeconds > 0 && pausedSeconds < DAY_SECONDS;
  return {
    [Metric.lagSeconds]: isPaused ? undefined : report.lagSeconds,
    [Metric.logEventsRead]: report.read,
    [Metric.pollsRateLimited]: report.stoppedBy === 'rate-limit' ? 1 : 0,
    [Metric.gaps]: report.gaps + report.unreadable + report.abandoned,
    ...(settings && unreadSeconds !== undefined
      ? { [Metric.retentionUsed]: (100 * unreadSeconds) / (settings.retentionDays * DAY_SECONDS) }
      : {}),
  };
}
