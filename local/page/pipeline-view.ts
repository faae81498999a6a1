import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import type { LogLine } from '../output/log-line.ts';
import type { Tally } from '../output/tally.ts';
import { watchBatches } from './batch-sizes.ts';
import type { DeliveryBook } from './delivery-book.ts';
import type { HeldEndpoint, Pipeline, Retrying } from './pipeline-shapes.ts';
import { createRate } from './rate.ts';

/** Events that the picture has room for. */
const RETRYING = 12;

export interface PipelineWatch {
  take(line: LogLine): void;
  /** Takes note of a message of that batch. A batch in the table only has what is left of it. */
  seen(batch: string, ordinal: number): void;
  view(): Promise<Pipeline>;
  /** The newest view, for a page that has just come. */
  last(): Pipeline | undefined;
}

export interface Watched {
  readonly operations: OperationsDeps;
  readonly tally: Readonly<Tally>;
  readonly polls: () => number;
  readonly deliveries: () => number;
  /** Reads what the delivery function knows about the endpoint. */
  readonly endpoint: () => Promise<HeldEndpoint | undefined>;
}

export function watchPipeline(
  { operations, tally, polls, deliveries, endpoint }: Watched,
  book: Pick<DeliveryBook, 'all'>,
  now = Date.now,
): PipelineWatch {
  let lastPoll: Pipeline['lastPoll'];
  let last: Pipeline | undefined;
  const delivered = createRate(now);
  const read = createRate(now);
  const batches = watchBatches(operations.ledger);

  return {
    take(line) {
      if (line.event === 'poll.completed' || line.event === 'poll.failed') {
        const stoppedBy = line.event === 'poll.completed' ? line.stoppedBy : line.reason;
        lastPoll = { at: now(), read: line.read, stoppedBy };
        read.add(line.read);
      }
      if (line.event === 'delivery.attempted' && line.outcome === 'delivered') delivered.add(1);
    },
    seen: batches.seen,
    async view() {
      const [stands, open, held] = await Promise.all([standing(operations), batches.open(), endpoint()]);
      const { queued, pending, deadLettered, cursor = '', checkpoint = '', oldestAt, pauses } = stands;
      const retrying = retryingOf(book.all());
      last = {
        ...tally,
        rate: delivered.perSecond(),
        readRate: read.perSecond(),
        waiting: queued.visible,
        hidden: queued.hidden,
        pending,
        deadLettered,
        cursor,
        checkpoint,
        oldestAt,
        batches: open,
        lastPoll,
        polling: polls() > 0,
        delivering: deliveries(),
        endpoint: held,
        retrying: retrying.slice(0, RETRYING),
        retryingTotal: retrying.length,
        pollsPaused: pauses.polls?.reason,
        deliveriesPaused: pauses.deliveries?.reason,
      };
      return last;
    },
    last: () => last,
  };
}

/** Events that failed and wait, the next one first. */
function retryingOf(all: ReturnType<DeliveryBook['all']>): readonly Retrying[] {
  const waiting: Retrying[] = [];
  for (const { state, nextAt, logId, resource, attempts } of all) {
    if (state !== 'retry' || nextAt === undefined) continue;
    const last = attempts.at(-1);
    const why = String(last?.status ?? last?.reason ?? '');
    waiting.push({ logId, resource, attempts: attempts.length, why, nextAt });
  }
  return waiting.toSorted((a, b) => a.nextAt - b.nextAt);
}
