import * as z from 'zod';
import { jsonOrUndefined } from '../../../lambdas/shared/text/json.ts';
import type { SeriesDefinition } from '../../template/dashboard.ts';
import type { Samples } from './samples.ts';

const SQS = 'AWS/SQS';
const LAMBDA = 'AWS/Lambda';

/** AWS's own metrics that a run on one machine can measure, too. Ours come from the log lines. */
const MEASURED: Readonly<Record<string, readonly string[]>> = {
  [SQS]: [
    'ApproximateNumberOfMessagesVisible',
    'ApproximateNumberOfMessagesNotVisible',
    'NumberOfMessagesSent',
    'NumberOfMessagesReceived',
  ],
  [LAMBDA]: ['Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions'],
};

export function isMeasured({ source }: SeriesDefinition): boolean {
  if ('expression' in source || !source.namespace.startsWith('AWS/')) return true;
  return MEASURED[source.namespace]?.includes(source.name) === true;
}

const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** Takes what the functions measure from the embedded metric format of their lines. */
export function takeLine(samples: Samples, text: string): void {
  if (!text.includes('"_aws"')) return;
  const line = embedded.safeParse(jsonOrUndefined(text)).data;
  for (const { Namespace: namespace, Dimensions, Metrics } of line?._aws.CloudWatchMetrics ?? []) {
    const of = String(line?.[Dimensions[0]?.[0] ?? ''] ?? '');
    for (const { Name: name } of Metrics) {
      for (const value of [line?.[name]].flat())
        if (typeof value === 'number') samples.add({ namespace, name, of }, line?._aws.Timestamp ?? 0, value);
    }
  }
}

export interface InvocationEnd {
  readonly functionName: string;
  readonly kind: 'success' | 'error' | 'throttled';
  readonly durationMs: number;
  /** Invocations at the same time, this one included. */
  readonly atOnce: number;
}

export function takeInvocation(samples: Samples, end: InvocationEnd, now: number): void {
  const add = (name: string, value: number) =>
    samples.add({ namespace: LAMBDA, name, of: end.functionName }, now, value);
  if (end.kind === 'throttled') {
    add('Throttles', 1);
    return;
  }
  add('Invocations', 1);
  add('Errors', end.kind === 'error' ? 1 : 0);
  add('Duration', end.durationMs);
  add('ConcurrentExecutions', end.atOnce);
}

export function takeCounts(
  samples: Samples,
  queue: string,
  counts: { readonly visible: number; readonly hidden: number },
  now: number,
): void {
  samples.add({ namespace: SQS, name: 'ApproximateNumberOfMessagesVisible', of: queue }, now, counts.visible);
  samples.add(
    { namespace: SQS, name: 'ApproximateNumberOfMessagesNotVisible', of: queue },
    now,
    counts.hidden,
  );
}

export function takeMoved(
  samples: Samples,
  queue: string,
  moved: { readonly sent?: number; readonly received?: number },
  now: number,
): void {
  if (moved.sent) samples.add({ namespace: SQS, name: 'NumberOfMessagesSent', of: queue }, now, moved.sent);
  if (moved.received)
    samples.add({ namespace: SQS, name: 'NumberOfMessagesReceived', of: queue }, now, moved.received);
}
