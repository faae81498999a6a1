import { type EndpointItem, FORGET_PACE_MS } from './item.ts';

/**
 * After a 429, of the pace that the refused request had: one 429 for 22 requests, 90 % of the limit
 * on average.
 */
const SLOWER = 0.8;
/** After a turn that had to be waited for. */
const FASTER = 1.01;
/**
 * The lowest pace, requests a second. A receiver that refuses even that refuses everything: it is
 * paused.
 */
export const LEAST_PER_SECOND = 0.1;

/** A moment at which one request may start. */
export interface Turn {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly perSecond: number;
}

/**
 * Requests a second that may start, 0 = as many as there are: the lower of what was learnt and what
 * the user set.
 */
export function paceOf({ perSecond }: EndpointItem, mostPerSecond: number): number {
  if (perSecond > 0 && mostPerSecond > 0) return Math.min(perSecond, mostPerSecond);
  return perSecond || mostPerSecond;
}

/** Takes the next free turns, at most a second's worth; gives the item afterwards. */
export function takeTurns(item: EndpointItem, wanted: number, now: number, mostPerSecond: number) {
  const perSecond = paceOf(item, mostPerSecond);
  const start = Math.max(now, item.next, item.until);
  const count = Math.max(1, Math.min(wanted, Math.floor(perSecond)));
  const apart = 1_000 / perSecond;
  const turns: readonly Turn[] = Array.from({ length: count }, (_, turn) => ({
    at: start + turn * apart,
    perSecond,
  }));
  const isBusy = item.next > now;
  const grown = isBusy ? item.perSecond * FASTER : item.perSecond;
  return { turns, item: { ...item, next: start + count * apart, perSecond: grown } };
}

/**
 * Slower than the refused request, however many of its pace are refused: twenty at once are one
 * sign, not twenty.
 * @param refusedPace requests a second of the refused request; 0 = it had none
 * @param concurrentCalls a first pace is a call a second each
 */
export function slowedDown(
  item: EndpointItem,
  refusedPace: number,
  now: number,
  concurrentCalls: number,
): EndpointItem {
  const slower = Math.max(SLOWER * (refusedPace || concurrentCalls), LEAST_PER_SECOND);
  const isNews =
    item.perSecond === 0 || slower < item.perSecond || now - item.refusedAt > FORGET_PACE_MS / 10;
  return isNews ? { ...item, perSecond: Math.min(item.perSecond || slower, slower), refusedAt: now } : item;
}
