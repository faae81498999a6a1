import * as z from 'zod';
import type { Datapoint } from './datapoints.ts';

const line = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ),
  }),
});

/** What CloudWatch takes of one metric in one line. */
const values = z.array(z.number()).min(1).max(100);

/**
 * Data points that CloudWatch makes of a log line in its embedded metric format; none of any other
 * line.
 */
export function datapointsOf(text: string, at: number): readonly Datapoint[] {
  const parsed = line.safeParse(parseJson(text));
  if (!parsed.success) return [];
  const { _aws, ...fields } = parsed.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) =>
        values.parse([fields[Name]].flat()).map((value) => ({
          namespace: Namespace,
          name: Name,
          dimensions: Object.fromEntries(names.map((name) => [name, z.string().parse(fields[name])])),
          value,
          at,
        })),
      ),
    ),
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
