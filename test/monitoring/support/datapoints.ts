/** A metric as CloudWatch tells it from others. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Datapoint extends MetricId {
  readonly value: number;
  /** Seconds of the world's clock. */
  readonly at: number;
}

export function keyOf({ namespace, name, dimensions }: MetricId): string {
  const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return [namespace, name, ...pairs.sort()].join(' ');
}

/**
 * A statistic of the data points of a metric with `from` <= at < `to`; undefined when there are
 * none.
 */
export function statistic(
  datapoints: readonly Datapoint[],
  metric: MetricId,
  stat: string,
  from: number,
  to: number,
): number | undefined {
  const key = keyOf(metric);
  const values = datapoints
    .filter((point) => point.at >= from && point.at < to && keyOf(point) === key)
    .map(({ value }) => value);
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (stat) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'SampleCount':
      return values.length;
    case 'Maximum':
      return Math.max(...values);
    case 'Minimum':
      return Math.min(...values);
    default:
      throw new Error(`no alarm of ours uses the statistic ${stat}`);
  }
}
