import type { MetricsLevel } from '../../lambdas/shared/contract.ts';
import type { Clock } from './clock.ts';
import type { LogShape } from './free-log.ts';

/** Milliseconds of one call to each service and to Auth0. */
export interface Latencies {
  readonly pageMs: number;
  readonly webhookMs: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly sqsMs: number;
  readonly secretMs: number;
}

/** Latencies of a queue and a table that cost nothing. */
export const FREE = { readMs: 0, writeMs: 0, sqsMs: 0, secretMs: 0 } as const;

export interface PipelineOptions {
  readonly clock: Clock;
  readonly log: LogShape;
  readonly latencies: Latencies;
  readonly concurrentCalls: number;
  readonly monitoring?: MetricsLevel;
  /** Records that one receive gives at most. SQS gives ten, and often fewer. */
  readonly mostPerReceive?: number;
  /** Time from which the log is read, epoch milliseconds; by default its beginning. */
  readonly startFrom?: number;
  /** Called after each call to the webhook, with the milliseconds that it took. */
  readonly onCall?: (logId: string, ms: number) => void;
  readonly isDown?: () => boolean;
}
