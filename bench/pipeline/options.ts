import type { MetricsLevel } from '../../lambdas/shared/contract.ts';
import type { Clock } from './clock.ts';
import type { LogShape } from './free-log.ts';

/** What the services and Auth0 take for one call, in milliseconds. */
export interface Latencies {
  readonly pageMs: number;
  readonly webhookMs: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly sqsMs: number;
  readonly secretMs: number;
}

/** A queue and a store that cost nothing. */
export const FREE = { readMs: 0, writeMs: 0, sqsMs: 0, secretMs: 0 } as const;

export interface PipelineOptions {
  readonly clock: Clock;
  readonly log: LogShape;
  readonly latencies: Latencies;
  readonly concurrentCalls: number;
  readonly monitoring?: MetricsLevel;
  /** Records that one receive gives at most; SQS gives ten, and often fewer. */
  readonly mostPerReceive?: number;
  /** From when on the log is read; default its beginning. */
  readonly startFrom?: number;
  /** Told of each call, with what it took. */
  readonly onCall?: (logId: string, ms: number) => void;
  readonly isDown?: () => boolean;
}
