import type { Axis, Threshold } from '../template/dashboard.ts';

/** What the server tells the page of the pipeline: types only, as in shapes.ts. */

/** A batch of the log whose events are on their way. */
export interface OpenBatch {
  readonly id: string;
  readonly size: number;
  readonly pending: number;
  readonly failing: number;
}

/** The endpoint, where everything fails or where it asked for patience. */
export interface HeldEndpoint {
  /** When the first of the failures was; undefined when it only asked for patience. */
  readonly since: number | undefined;
  readonly reason: string;
  readonly probes: number;
  readonly nextProbeAt: number | undefined;
  /** It wants no request before. */
  readonly until: number | undefined;
  /** Requests a second that it takes, as learnt from its 429s; 0: any number. */
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
  /** Delivered in the last ten seconds, a second. */
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
  /** Of the last buckets; null where nothing was measured. Empty for a gauge. */
  readonly values: readonly (number | null)[];
  /** Over the widget's own period, up to now. */
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
  /** Epoch seconds of the end of the last bucket. */
  readonly end: number;
  readonly bucketSeconds: number;
  readonly widgets: readonly Widget[];
}
