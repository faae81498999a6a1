/** A statistic of CloudWatch over the values of a period; undefined when there are none. */
export function statistic(stat: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const percentile = /^p(\d{1,2}(?:\.\d+)?)$/.exec(stat)?.[1];
  if (percentile !== undefined) return atShare(values, Number(percentile) / 100);
  switch (stat) {
    case 'SampleCount':
      return values.length;
    case 'Sum':
      return sum(values);
    case 'Average':
      return sum(values) / values.length;
    case 'Maximum':
      return values.reduce((most, value) => Math.max(most, value));
    case 'Minimum':
      return values.reduce((least, value) => Math.min(least, value));
    default:
      throw new Error(`The page knows no statistic ${stat}.`);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function atShare(values: readonly number[], share: number): number | undefined {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))];
}
