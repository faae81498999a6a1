import {
  ESSENTIAL_METRICS,
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  Metric,
  type MetricName,
  OCCASIONAL_METRICS,
} from './contract.ts';
import type { Tell } from './logger.ts';

/** One value, or several at once: CloudWatch takes up to 100 of a metric in one line. */
export type MetricValues = Partial<Record<MetricName, number | readonly number[]>>;

const UNITS: Partial<Record<string, string>> = {
  [Metric.lagSeconds]: 'Seconds',
  [Metric.endToEndSeconds]: 'Seconds',
  [Metric.webhookLatency]: 'Milliseconds',
  [Metric.retentionUsed]: 'Percent',
};

/**
 * Values in the embedded metric format: fields of a log line that CloudWatch turns into metrics.
 * Absent values are left out. A 0 of an occasional metric stays a field of the line, which costs
 * nothing.
 */
export function metrics(webhook: string, values: MetricValues): object {
  const given = Object.entries(values).filter(([, value]) => isMeasured(value));
  if (given.length === 0) return {};
  const emitted = given.filter(([name, value]) => value !== 0 || !OCCASIONAL_METRICS.includes(name));
  return {
    [METRIC_DIMENSION]: webhook,
    ...Object.fromEntries(given),
    ...directive(emitted.map(([name]) => name)),
  };
}

/**
 * Makes a logger of which CloudWatch makes only the essential metrics. The other values stay fields
 * of their lines; a line that has nothing else is left out.
 */
export function withEssentialMetrics(tell: Tell): Tell {
  return (level, event, fields, embedded = {}) => {
    if (!('_aws' in embedded)) return tell(level, event, fields, embedded);
    const { _aws: _, ...values } = embedded;
    const kept = Object.entries(values).filter(([name]) => ESSENTIAL_METRICS.includes(name));
    const emitted = kept.filter(([name, value]) => value !== 0 || !OCCASIONAL_METRICS.includes(name));
    if (emitted.length === 0 && fields === undefined) return;
    tell(level, event, fields, { ...values, ...directive(emitted.map(([name]) => name)) });
  };
}

function isMeasured(value: number | readonly number[] | undefined): boolean {
  return typeof value === 'object'
    ? value.length > 0 && value.every(Number.isFinite)
    : Number.isFinite(value);
}

function directive(names: readonly string[]) {
  if (names.length === 0) return {};
  const Metrics = names.map((Name) => ({ Name, Unit: UNITS[Name] ?? 'Count' }));
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace: METRIC_NAMESPACE, Dimensions: [[METRIC_DIMENSION]], Metrics }],
    },
  };
}
