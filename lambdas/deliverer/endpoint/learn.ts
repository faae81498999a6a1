import { afterAcceptance, afterRefusal, type Paced } from './adjust-pace.ts';
import { type EndpointItem, isPaused, PATIENCE_MS, PAUSE_OVER_RESOURCES, wellItem } from './item.ts';
import { freed, type Pace, rescheduled } from './pace.ts';

/** Statuses whose `Retry-After` is about the endpoint, not the one event. */
const PATIENCE_STATUSES: readonly (number | undefined)[] = [429, 502, 503, 504];
/**
 * A `Retry-After` that ends less than this later is no news. Many answers at once are then one
 * write.
 */
const NEWS_MS = 1_000;

export interface EndpointFailure {
  readonly resource: string;
  readonly reason: string;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly paced: Paced;
  /** True when this invocation has delivered something, so that the endpoint is alive. */
  readonly hasDelivered: boolean;
}

/**
 * The item after a success. A success ends the pause, and with it a pace that measured nothing.
 * Gives the same item when there is nothing to write.
 */
export function afterSuccess(item: EndpointItem, paced: Paced, now: number): EndpointItem {
  const pace = isPaused(item) ? afterPause(item.pace, now) : afterAcceptance(item.pace, paced, now);
  if (item.failures === 0) return pace === item.pace ? item : { ...item, pace };
  return { ...wellItem(item.of), until: item.until, pace };
}

function afterPause(pace: Pace, now: number): Pace {
  if (pace.limit === 0) return pace.perSecond === 0 ? pace : freed(pace);
  return rescheduled({ ...pace, perSecond: pace.base, busyMs: 0, isAccepted: true }, now);
}

/**
 * The item after a failure. A failure counts towards the pause. A 429 only counts if nothing was
 * accepted since the last one: a receiver with a limit is paced, and one that refuses everything is
 * paused. While the endpoint is paused, a failed probe changes the reason only.
 */
export function afterFailure(
  item: EndpointItem,
  failure: EndpointFailure,
  now: number,
  concurrentCalls: number,
): EndpointItem {
  if (isPaused(item)) return patient({ ...item, reason: failure.reason }, failure, now);
  const pace = isLimit(failure, item)
    ? afterRefusal(item.pace, failure.paced, now, concurrentCalls)
    : item.pace;
  const slowed = pace === item.pace ? item : { ...item, pace };
  const isOfOutage = pace !== item.pace && item.pace.perSecond > 0 && !item.pace.isAccepted;
  const isCounted = (failure.status !== 429 || isOfOutage) && !failure.hasDelivered;
  return patient(isCounted ? counting(slowed, failure, now) : slowed, failure, now);
}

/**
 * True for a 429, and for a 503 with `Retry-After` from an endpoint that is alive: some receivers
 * state their limit so.
 */
function isLimit({ status, retryAfterSeconds = 0, hasDelivered }: EndpointFailure, { pace }: EndpointItem) {
  return status === 429 || (status === 503 && retryAfterSeconds > 0 && (hasDelivered || pace.perSecond > 0));
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
