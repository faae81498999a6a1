import { METRIC_DIMENSION, METRIC_NAMESPACE } from './contract.ts';

/** Custom metrics; each costs $0.30 a month, so what AWS's own metrics or a sample count tell has none. */
export const Metric = {
  /** Every poll that completes emits it: its sample count is the number of polls. */
  logEventsRead: 'LogEventsRead',
  eventsMatched: 'EventsMatched',
  /** Age of the oldest undelivered event, seconds; emitted by every poll that completes. */
  lagSeconds: 'LagSeconds',
  pollsFailed: 'PollsFailed',
  pollsRateLimited: 'PollsRateLimited',
  settingsFaults: 'SettingsFaults',
  gaps: 'Gaps',
  /** Webhook's 2xx minus the event's date, seconds; its sample count is the number of delivered events. */
  endToEndSeconds: 'EndToEndSeconds',
  /** Of each attempt, milliseconds; its sample count is the number of attempts. */
  webhookLatency: 'WebhookLatency',
  attemptsFailed: 'AttemptsFailed',
  eventsDeadLettered: 'EventsDeadLettered',
} as const;

export type MetricName = (typeof Metric)[keyof typeof Metric];

const UNITS: Partial<Record<MetricName, string>> = {
  [Metric.lagSeconds]: 'Seconds',
  [Metric.endToEndSeconds]: 'Seconds',
  [Metric.webhookLatency]: 'Milliseconds',
};

/** The embedded metric format: fields of a log line that CloudWatch turns into metrics. Absent values are left out. */
export function metrics(webhook: string, values: Partial<Record<MetricName, number>>): object {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && Number.isFinite(value));
  if (given.length === 0) return {};
  const Metrics = given.map(([Name]) => ({ Name, Unit: unitOf(Name) }));
  return {
    [METRIC_DIMENSION]: webhook,
    ...Object.fromEntries(given),
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace: METRIC_NAMESPACE, Dimensions: [[METRIC_DIMENSION]], Metrics }],
    },
  };
}

function unitOf(name: string): string {
  return Object.entries(UNITS).find(([metric]) => metric === name)?.[1] ?? 'Count';
}
