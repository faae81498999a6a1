import * as z from 'zod';
import type { Assembly } from '../../../local/template/assembly.ts';
import { resolveIntrinsics } from '../../../local/template/intrinsics.ts';
import { references } from '../../../local/template/physical-names.ts';
import { type Alarm, alarmSchema } from './alarm.ts';
import type { MetricId } from './datapoints.ts';

/** What the stack shows and watches. Its references are resolved as local mode resolves them. */
export interface Monitored {
  readonly alarms: readonly Alarm[];
  /** Metrics that widgets show. */
  readonly shown: readonly MetricId[];
  /** Queries of widgets, and saved ones. */
  readonly queries: readonly string[];
}

const queryDefinition = z.object({ QueryString: z.string() });
const dashboard = z.object({ DashboardBody: z.string() });
const body = z.object({
  widgets: z.array(
    z.object({
      properties: z.looseObject({
        metrics: z.array(z.array(z.unknown())).default([]),
        query: z.string().optional(),
      }),
    }),
  ),
});
const names = z.array(z.string());

export function readMonitored({ template }: Assembly): Monitored {
  const known = references(template, (name) => `https://sqs.test/${name}`);
  const all = <T>(type: string, schema: z.ZodType<T>): T[] =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => schema.parse(resolveIntrinsics(Properties, known)));

  const widgets = all('AWS::CloudWatch::Dashboard', dashboard)
    .flatMap(({ DashboardBody }) => body.parse(JSON.parse(DashboardBody)).widgets)
    .map(({ properties }) => properties);
  return {
    alarms: all('AWS::CloudWatch::Alarm', alarmSchema),
    shown: widgets.flatMap(({ metrics }) => metrics.flatMap(metricOf)),
    queries: [
      ...widgets.flatMap(({ query }) => query ?? []),
      ...all('AWS::Logs::QueryDefinition', queryDefinition).map(({ QueryString }) => QueryString),
    ],
  };
}

/**
 * The metric of a widget's line: namespace, name, then names and values of dimensions in turn. An
 * expression is none.
 */
function metricOf(line: readonly unknown[]): MetricId[] {
  const texts = names.parse(line.filter((part) => typeof part === 'string'));
  const [namespace, name, ...pairs] = texts;
  if (namespace === undefined || name === undefined) return [];
  const dimensions: Record<string, string> = {};
  for (let index = 0; index < pairs.length; index += 2)
    dimensions[pairs[index] ?? ''] = pairs[index + 1] ?? '';
  return [{ namespace, name, dimensions }];
}
