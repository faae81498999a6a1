import type { SeriesDefinition, WidgetDefinition } from '../../template/dashboard.ts';
import type { Line, Widget } from '../pipeline-shapes.ts';
import { evaluate } from './expression.ts';
import type { Samples } from './samples.ts';
import { isMeasured } from './sources.ts';
import { statistic } from './statistics.ts';

/**
 * Seconds of one value in a chart. CloudWatch's periods are minutes, and somebody who watches a run
 * of minutes wants to see seconds.
 */
export const BUCKET_SECONDS = 5;
export const BUCKETS = 60;
const MEASURED_SECONDS = 60;

/**
 * The dashboard's widgets with this run's figures. Those of which nothing is measured are left out.
 */
export function drawWidgets(
  definitions: readonly WidgetDefinition[],
  samples: Samples,
  now: number,
): readonly Widget[] {
  return definitions.flatMap((definition) => {
    const visible = definition.series.filter((each) => each.isVisible && isMeasured(each));
    if (visible.length === 0) return [];
    const { title, view, thresholds, left, right, periodSeconds } = definition;
    const lines = visible.map((each) => lineOf(each, definition, samples, now));
    return [{ title, view, thresholds, left, right, periodSeconds, lines }];
  });
}

function lineOf(
  series: SeriesDefinition,
  { series: all, periodSeconds, view }: WidgetDefinition,
  samples: Samples,
  now: number,
): Line {
  const end = Math.floor(now / 1000 / BUCKET_SECONDS) * BUCKET_SECONDS * 1000;
  const bucket = (index: number) => {
    const from = end - (BUCKETS - index) * BUCKET_SECONDS * 1000;
    return valueIn(series, all, samples, from, from + BUCKET_SECONDS * 1000);
  };
  const values = view === 'gauge' ? [] : Array.from({ length: BUCKETS }, (_, index) => bucket(index) ?? null);
  const valueSince = (seconds: number) => valueIn(series, all, samples, now - seconds * 1000, now + 1);
  const newest = spansOf(series, periodSeconds).map(valueSince);
  const current = newest.find((value) => value !== undefined) ?? null;
  return { label: series.label, isRight: series.isRight, values, now: current };
}

/**
 * Over how many of the last seconds the value of now is taken; the first span that has a value
 * counts. What is counted is counted over the widget's period, a percentile over a minute. What is
 * measured (a depth, a lag) is its newest measurement: over a minute, a run that has caught up
 * would look late for that minute.
 */
function spansOf({ source }: SeriesDefinition, periodSeconds: number): readonly number[] {
  const counts = 'expression' in source || ['Sum', 'SampleCount'].includes(source.stat);
  if (counts) return [periodSeconds];
  if (!('stat' in source) || source.stat !== 'Maximum') return [Math.min(periodSeconds, MEASURED_SECONDS)];
  const steps = Array.from({ length: MEASURED_SECONDS / BUCKET_SECONDS }, (_, n) => (n + 1) * BUCKET_SECONDS);
  return [...steps, periodSeconds];
}

function valueIn(
  { source }: SeriesDefinition,
  all: readonly SeriesDefinition[],
  samples: Samples,
  from: number,
  until: number,
): number | undefined {
  if (!('expression' in source)) return statistic(source.stat, samples.within(source, from, until));
  return evaluate(source.expression, (id) => {
    const named = all.find((each) => each.id === id);
    return named && !('expression' in named.source)
      ? statistic(named.source.stat, samples.within(named.source, from, until))
      : undefined;
  });
}
