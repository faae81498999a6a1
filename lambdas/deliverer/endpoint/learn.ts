import { type EndpointItem, isPaused, PATIENCE_MS, PAUSE_OVER_RESOURCES } from './item.ts';
import { LEAST_PER_SECOND, slowedDown } from './pace.ts';

/** Statuses whose `Retry-After` is for the endpoint and not for the one event. */
const PATIENCE_STATUSES: readonly (number | undefined)[] = [429, 502, 503, 504];
/** A wish that adds less is no news, so that many answers at once are one write. */
const NEWS_MS = 1_000;

export interface EndpointFailure {
  readonly resource: string;
  readonly reason: string;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Requests a second of the pace that the request had; 0 = none. */
  readonly perSecond: number;
  /** The same invocation delivered something, so the endpoint is alive. */
  readonly hasDelivered: boolean;
}

/**
 * A success ends the pause, and with it the pace that led there. The same item: nothing to write.
 */
export function afterSuccess(item: EndpointItem): EndpointItem {
  if (item.failures === 0) return item;
  const pace = isPaused(item) ? { perSecond: 0, next: 0, refusedAt: 0 } : {};
  return {
    ...item,
    ...pace,
    failures: 0,
    resources: [],
    since: 0,
    reason: '',
    probes: 0,
    fresh: 0,
    retry: 0,
  };
}

/**
 * A failure counts towards the pause; a 429 only at the lowest pace: a limit is paced, and a
 * receiver that refuses everything is paused. While the endpoint is paused a failed probe only
 * brings its reason.
 */
export function afterFailure(
  item: EndpointItem,
  failure: EndpointFailure,
  now: number,
  concurrentCalls: number,
): EndpointItem {
  if (isPaused(item)) return patient({ ...item, reason: failure.reason }, failure, now);
  const isRefused = failure.status === 429;
  const slowed = isRefused ? slowedDown(item, failure.perSecond, now, concurrentCalls) : item;
  const isPaceEnough = isRefused && slowed.perSecond > LEAST_PER_SECOND;
  const counted = isPaceEnough || failure.hasDelivered ? slowed : counting(slowed, failure, now);
  return patient(counted, failure, now);
}

function counting(item: EndpointItem, { resource, reason }: EndpointFailure, now: number): EndpointItem {
  const isKnown = item.resources.includes(resource) || item.resources.length === PAUSE_OVER_RESOURCES;
  return {
    ...item,
    failures: item.failures + 1,
    resources: isKnown ? item.resources : [...item.resources, resource],
    since: item.since || now,
    reason,
  };
}

function patient(
  item: EndpointItem,
  { status, retryAfterSeconds = 0 }: EndpointFailure,
  now: number,
): EndpointItem {
  if (retryAfterSeconds <= 0 || !PATIENCE_STATUSES.includes(status)) return item;
  const until = now + Math.min(retryAfterSeconds * 1_000, PATIENCE_MS);
  return until >= item.until + NEWS_MS ? { ...item, until } : item;
}
