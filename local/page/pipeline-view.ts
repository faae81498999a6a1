import type { OperationsDeps } from '../../lambdas/shared/operations/operations-deps.ts';
import { standing } from '../../lambdas/shared/operations/standing.ts';
import type { LogLine } from '../output/log-line.ts';
import type { Tally } from '../output/tally.ts';

/** The pipeline as the picture shows it, a few times a second. */
export interface PipelineView {
  readonly read: number;
  readonly matched: number;
  readonly delivered: number;
  readonly attempts: number;
  /** Delivered in the last ten seconds, a second. */
  readonly rate: number;
  readonly waiting: number;
  readonly hidden: number;
  readonly pending: number;
  readonly deadLettered: number;
  readonly cursor: string;
  readonly checkpoint: string;
  /** The time of the oldest undelivered event, epoch milliseconds. */
  readonly oldestAt: number | undefined;
  readonly lastPoll: { readonly at: number; readonly read: number; readonly stoppedBy: string } | undefined;
  readonly polling: boolean;
  readonly delivering: number;
  readonly webhookPausedSince: number | undefined;
  readonly pollsPaused: boolean;
  readonly deliveriesPaused: boolean;
}

const RATE_MS = 10_000;

export interface PipelineWatch {
  take(line: LogLine): void;
  view(): Promise<PipelineView>;
}

export interface Watched {
  readonly operations: OperationsDeps;
  readonly tally: Readonly<Tally>;
  readonly polls: () => number;
  readonly deliveries: () => number;
}

export function watchPipeline(
  { operations, tally, polls, deliveries }: Watched,
  now = Date.now,
): PipelineWatch {
  let lastPoll: PipelineView['lastPoll'];
  let webhookPausedSince: number | undefined;
  let deliveredAt: number[] = [];
  return {
    take(line) {
      if (line.event === 'poll.completed')
        lastPoll = { at: now(), read: line.read, stoppedBy: line.stoppedBy };
      if (line.event === 'poll.failed') lastPoll = { at: now(), read: line.read, stoppedBy: line.reason };
      if (line.event === 'endpoint.paused') webhookPausedSince ??= now();
      if (line.event === 'endpoint.resumed') webhookPausedSince = undefined;
      if (line.event === 'delivery.attempted' && line.outcome === 'delivered') deliveredAt.push(now());
    },
    async view() {
      deliveredAt = deliveredAt.filter((at) => at > now() - RATE_MS);
      const {
        queued,
        pending,
        deadLettered,
        cursor = '',
        checkpoint = '',
        oldestAt,
        pauses,
      } = await standing(operations);
      return {
        ...tally,
        rate: deliveredAt.length / (RATE_MS / 1000),
        waiting: queued.visible,
        hidden: queued.hidden,
        pending,
        deadLettered,
        cursor,
        checkpoint,
        oldestAt,
        lastPoll,
        polling: polls() > 0,
        delivering: deliveries(),
        webhookPausedSince,
        pollsPaused: pauses.polls !== undefined,
        deliveriesPaused: pauses.deliveries !== undefined,
      };
    },
  };
}
