import { believablePace, NO_PACE, type Pace } from './pace.ts';

/**
 * What all invocations know about the endpoint: one small item beside the ledger's state. An
 * invocation reads it once, and writes nothing while all is well. Times are epoch milliseconds; 0
 * and `''` mean nothing.
 */
export interface EndpointItem {
  /** Id of the endpoint. What was learnt about an old WEBHOOK_URL says nothing about a new one. */
  readonly of: string;
  /**
   * Failures since the last success, the first three resources that failed, and the time of the
   * first failure.
   */
  readonly failures: number;
  readonly resources: readonly string[];
  readonly since: number;
  /** Why the last counted failure or probe failed. */
  readonly reason: string;
  /** Probes since the pause began, and when each lane's last one was claimed. */
  readonly probes: number;
  readonly fresh: number;
  readonly retry: number;
  /** Until then the endpoint wants no request. */
  readonly until: number;
  readonly pace: Pace;
}

/** The lane of events that were never attempted, and the lane of those that failed before. */
export type ProbeLane = 'fresh' | 'retry';

/** The item of an endpoint at which nothing is wrong. */
export function wellItem(of: string): EndpointItem {
  return {
    of,
    failures: 0,
    resources: [],
    since: 0,
    reason: '',
    probes: 0,
    fresh: 0,
    retry: 0,
    until: 0,
    pace: NO_PACE,
  };
}

export const PAUSE_AFTER_FAILURES = 10;
export const PAUSE_OVER_RESOURCES = 3;
/**
 * The longest `Retry-After` that holds for the whole endpoint: one odd answer must not stop
 * everything for longer.
 */
export const PATIENCE_MS = 3_600_000;
/** How far the clocks of two functions may differ. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * True after ten failures over three resources without a success in between. One or two poison
 * resources never pause an endpoint, and a dead one is found after about ten requests.
 */
export function isPaused({ failures, resources }: EndpointItem): boolean {
  return failures >= PAUSE_AFTER_FAILURES && resources.length >= PAUSE_OVER_RESOURCES;
}

/**
 * Reads a stored item. What makes no sense counts as empty, so that the worst item means: deliver.
 */
export function believable(stored: unknown, of: string, now: number): EndpointItem {
  if (typeof stored !== 'object' || stored === null || !('of' in stored) || stored.of !== of)
    return wellItem(of);
  const fields = new Map<string, unknown>(Object.entries(stored));
  const number = (name: keyof EndpointItem, most: number): number => {
    const value = fields.get(name);
    return typeof value === 'number' && value >= 0 && value <= most ? value : 0;
  };
  const text = (value: unknown): value is string => typeof value === 'string';
  const resources = fields.get('resources');
  const reason = fields.get('reason');
  const soon = now + CLOCKS_DIFFER_MS;
  return {
    of,
    failures: number('failures', 1_000_000),
    resources: Array.isArray(resources) ? resources.filter(text).slice(0, PAUSE_OVER_RESOURCES) : [],
    since: number('since', soon),
    reason: text(reason) ? reason : '',
    probes: number('probes', 1_000_000),
    fresh: number('fresh', soon),
    retry: number('retry', soon),
    until: number('until', soon + PATIENCE_MS),
    pace: believablePace(fields.get('pace'), now, soon, soon + PATIENCE_MS),
  };
}

/** True when nothing of the item has changed. */
export function isSameItem(item: EndpointItem, other: EndpointItem): boolean {
  return item === other || JSON.stringify(item) === JSON.stringify(other);
}
