import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { Assembly } from './assembly.ts';
import { references } from './physical-names.ts';
import { templateReader } from './template-reader.ts';

/** A line of a chart, or a number of its own. */
export interface SeriesDefinition {
  readonly label: string;
  readonly id: string | undefined;
  readonly isVisible: boolean;
  readonly isRight: boolean;
  readonly source: MetricSource | { readonly expression: string };
}

export interface MetricSource {
  readonly namespace: string;
  readonly name: string;
  /** Value of the metric's one dimension: the name of a function, a queue or a webhook. */
  readonly of: string;
  /** A statistic: `Sum`, `SampleCount`, `Maximum`, `Minimum`, `Average` or `p50`. */
  readonly stat: string;
}

export interface Threshold {
  readonly value: number;
  readonly color: string;
  readonly fill: 'above' | 'below' | undefined;
  readonly label: string;
}

export interface WidgetDefinition {
  readonly title: string;
  readonly view: 'gauge' | 'singleValue' | 'timeSeries';
  readonly series: readonly SeriesDefinition[];
  readonly thresholds: readonly Threshold[];
  readonly left: Axis;
  readonly right: Axis;
  readonly periodSeconds: number;
}

export interface Axis {
  readonly label: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** CloudWatch's own period, where the dashboard names none. */
const PERIOD_SECONDS = 300;

const axis = z
  .object({ label: z.string().default(''), min: z.number().optional(), max: z.number().optional() })
  .transform(({ label, min, max }): Axis => ({ label, min, max }));
const NO_AXIS: Axis = { label: '', min: undefined, max: undefined };
const how = z.looseObject({
  label: z.string().default(''),
  id: z.string().optional(),
  visible: z.boolean().default(true),
  yAxis: z.enum(['left', 'right']).default('left'),
  stat: z.string().default('Average'),
  expression: z.string().optional(),
  period: z.number().optional(),
});
const threshold = z.object({
  value: z.number(),
  color: z.string().default(''),
  fill: z.enum(['above', 'below']).optional(),
  label: z.string().default(''),
});
const metricWidget = z.object({
  type: z.literal('metric'),
  properties: z.object({
    title: z.string(),
    view: z.enum(['gauge', 'singleValue', 'timeSeries']),
    metrics: z.array(z.array(z.union([z.string(), how]))),
    annotations: z.object({ horizontal: z.array(threshold).default([]) }).default({ horizontal: [] }),
    yAxis: z
      .object({ left: axis.default(NO_AXIS), right: axis.default(NO_AXIS) })
      .partial()
      .default({}),
  }),
});
const body = z.object({ widgets: z.array(z.looseObject({ type: z.string() })) });
const dashboard = z.object({ DashboardBody: z.string() });

/**
 * The charts, gauges and numbers of the dashboard that `cdk deploy` would make; none when it makes
 * no dashboard. Widgets that only AWS can draw (log queries, alarms, links) are left out.
 */
export function readDashboard(
  { template }: Pick<Assembly, 'template'>,
  queueUrl: (name: string) => string,
): readonly WidgetDefinition[] {
  const find = templateReader(template, references(template, queueUrl));
  const [found] = find(['AWS::CloudWatch::Dashboard'], dashboard);
  if (!found) return [];
  const { widgets } = body.parse(jsonOrUndefined(found.read().DashboardBody));
  return widgets.filter(({ type }) => type === 'metric').map((each) => widgetOf(metricWidget.parse(each)));
}

function widgetOf({ properties }: z.infer<typeof metricWidget>): WidgetDefinition {
  const { title, view, metrics, annotations, yAxis } = properties;
  const rows = metrics.map((row) => row.map((part) => (typeof part === 'string' ? part : how.parse(part))));
  const periods = rows.flat().flatMap((part) => (typeof part === 'string' ? [] : (part.period ?? [])));
  return {
    title,
    view,
    series: rows.map(seriesOf),
    thresholds: annotations.horizontal.map(({ fill, ...rest }) => ({ ...rest, fill })),
    left: yAxis.left ?? NO_AXIS,
    right: yAxis.right ?? NO_AXIS,
    periodSeconds: periods[0] ?? PERIOD_SECONDS,
  };
}

function seriesOf(row: readonly (string | z.infer<typeof how>)[]): SeriesDefinition {
  const names = row.filter((part) => typeof part === 'string');
  const { label, id, visible, yAxis, stat, expression } =
    row.find((part) => typeof part === 'object') ?? how.parse({});
  const [namespace = '', name = '', , of = ''] = names;
  return {
    label,
    id,
    isVisible: visible,
    isRight: yAxis === 'right',
    source: expression === undefined ? { namespace, name, of, stat } : { expression },
  };
}
