import { shareConcurrency } from '../../infra/concurrency.ts';
import { Counts } from './counts.ts';
import { type Delivering, startMapping } from './free-mapping.ts';
import { createPolling } from './free-poller.ts';
import { FreeQueue } from './free-queue.ts';
import { freeSqs } from './free-sqs.ts';
import { freeTable } from './free-table.ts';
import type { PipelineOptions } from './options.ts';

export interface FreePipeline extends Delivering {
  readonly counts: Counts;
  readonly queue: FreeQueue;
  /** Makes one invocation of the poller; with `everySeconds` as the schedule starts it. */
  poll(everySeconds?: number): Promise<void>;
}

/**
 * Starts the real poll and the real delivery in this process. Their services cost nothing but the
 * given latencies, and count what is asked of them.
 */
export function startFreePipeline(options: PipelineOptions): FreePipeline {
  const { clock, latencies, concurrentCalls } = options;
  const counts = new Counts();
  const queue = new FreeQueue(clock);
  const table = freeTable(counts, clock, latencies);
  const sqs = freeSqs(queue, counts, clock, latencies.sqsMs);
  const concurrency = shareConcurrency(concurrentCalls);
  const parts = { options, counts, table, sqs, queue, concurrency };
  return { counts, queue, poll: createPolling(parts), ...startMapping(parts) };
}
