import type { Axis, Threshold } from '../template/dashboard.ts';

/** What the server tells the page of the pipeline: types only, as in shapes.ts. */

/** A batch of the log whose events are on their way. */
export interface OpenBatch {
  readonly id: string;
  readonly size: number;
  readonly pending: number;
  readonly failing: number;
}

/** An endpoint that gets no events for now: everything fails, or it asked for patience. */
export interface HeldEndpoint {
  /** When the first failure was, epoch milliseconds; undefined when it only asked for patience. */
  readonly since: number | undefined;
  readonly reason: string;
  readonly probes: number;
  readonly nextProbeAt: number | undefined;
  /** Until when it wants no request, epoch milliseconds. */
  readonly until: number | undefined;
  /** Requests a second that it takes, as its 429s have taught; 0 = no limit. */
  readonly perSecond: number;
}

/** An event that failed and waits for its next try. */
export interface Retrying {
  readonly logId: string;
  readonly resource: string;
  readonly attempts: number;
  readonly why: string;
  readonly nextAt: number;
}

/** The pipeline as the picture shows it, a few times a second. Times are epoch milliseconds. */
export interface Pipeline {
  readonly read: number;
  readonly matched: number;
  readonly delivered: number;
  readonly attempts: number;
  /** Deliveries a second, over the last ten seconds. */
  readonly rate: number;
  readonly readRate: number;
  readonly waiting: number;
  readonly hidden: number;
  readonly pending: number;
  readonly deadLettered: number;
  readonly cursor: string;
  readonly checkpoint: string;
  readonly oldestAt: number | undefined;
  readonly batches: readonly OpenBatch[];
  readonly lastPoll: { readonly at: number; readonly read: number; readonly stoppedBy: string } | undefined;
  readonly polling: boolean;
  readonly delivering: number;
  readonly endpoint: HeldEndpoint | undefined;
  readonly retrying: readonly Retrying[];
  readonly retryingTotal: number;
  readonly pollsPaused: string | undefined;
  readonly deliveriesPaused: string | undefined;
}

export interface Line {
  readonly label: string;
  readonly isRight: boolean;
  /** Values of the last periods, null where nothing was measured; empty for a gauge. */
  readonly values: readonly (number | null)[];
  /** The value over the widget's own period, up to now. */
  readonly now: number | null;
}

export interface Widget {
  readonly title: string;
  readonly view: 'gauge' | 'singleValue' | 'timeSeries';
  readonly thresholds: readonly Threshold[];
  readonly left: Axis;
  readonly right: Axis;
  readonly periodSeconds: number;
  readonly lines: readonly Line[];
}

export interface Widgets {
  /** Epoch seconds of the end of the last period. */
  readonly end: number;
  readonly bucketSeconds: number;
  readonly widgets: readonly Widget[];
}
