import type { QueueCounts } from '../../../lambdas/shared/queue/count.ts';
import type { LogLine } from '../../output/log-line.ts';
import type { WidgetDefinition } from '../../template/dashboard.ts';
import type { Widgets } from '../pipeline-shapes.ts';
import { BUCKET_SECONDS, drawWidgets } from './draw.ts';
import { createSamples } from './samples.ts';
import { type InvocationEnd, takeCounts, takeInvocation, takeLine, takeMoved } from './sources.ts';

/** Measures the run as CloudWatch would, and draws the dashboard's widgets of it. */
export interface Meter {
  /** Takes a line as a function printed it. */
  text(text: string): void;
  line(line: LogLine): void;
  invocation(end: InvocationEnd): void;
  /** Takes note of a message that the queue handed out. */
  received(): void;
  counts(queue: 'events' | 'deadLetters', counts: QueueCounts): void;
  widgets(now: number): Widgets;
}

export function createMeter(
  definitions: readonly WidgetDefinition[],
  names: { readonly events: string; readonly deadLetters: string },
  now = Date.now,
): Meter {
  const samples = createSamples();
  return {
    text: (text) => takeLine(samples, text),
    line(line) {
      if (line.event === 'poll.completed') takeMoved(samples, names.events, { sent: line.matched }, now());
      if (line.event === 'delivery.attempted' && line.outcome === 'dead-lettered')
        takeMoved(samples, names.deadLetters, { sent: 1 }, now());
    },
    invocation: (end) => takeInvocation(samples, end, now()),
    received: () => takeMoved(samples, names.events, { received: 1 }, now()),
    counts: (queue, counts) => takeCounts(samples, names[queue], counts, now()),
    widgets: (at) => ({
      end: Math.floor(at / 1000 / BUCKET_SECONDS) * BUCKET_SECONDS,
      bucketSeconds: BUCKET_SECONDS,
      widgets: drawWidgets(definitions, samples, at),
    }),
  };
}
