import { holdDelay, LONGEST_RETRY_AFTER_SECONDS, type RetryAnswer, retryDelay } from '../retry-policy.ts';
import { type EndpointItem, isPaused, PAUSE_AFTER_FAILURES } from './item.ts';

/**
 * Seconds for which a record returns without an attempt. They last at least until the endpoint
 * wants a request.
 * @param draw from 0 up to 1, one for all records of an invocation, so that what came together
 *   comes back together
 */
export function holdSeconds(item: EndpointItem, receiveCount: number, now: number, draw: number): number {
  const wished = Math.max(0, item.until - now) / 1_000;
  return Math.max(holdDelay(receiveCount, draw), Math.ceil(wished));
}

export interface FailedEvent {
  /** Attempts, this one among them. */
  readonly attempts: number;
  readonly receiveCount: number;
  /** Epoch milliseconds of the first attempt. */
  readonly firstAt: number;
}

/**
 * Seconds until a failed event is attempted again. While the endpoint looks dead the event comes
 * back as soon as a held one would. It may be the endpoint that fails and not the event, and half
 * an hour would be too long after the endpoint's return.
 * @param random of the event's own delay
 * @param draw of the invocation's holds
 */
export function failedDelay(
  item: EndpointItem,
  { attempts, receiveCount, firstAt }: FailedEvent,
  answer: RetryAnswer,
  now: number,
  { random, draw }: { readonly random: number; readonly draw: number },
): number {
  const own = retryDelay(attempts, random, answer);
  if (!looksDead(item, firstAt)) return own;
  const floor = Math.min(answer.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS);
  return Math.ceil(Math.max(Math.min(own, holdSeconds(item, receiveCount, now, draw)), floor));
}

/** How long after the start of its attempt a first failure is in the item, at most. */
const FIRST_ATTEMPT_MS = 60_000;

/**
 * True when the endpoint is paused, or nothing was delivered since this event began to fail. The
 * second finds a dead endpoint for which too few resources wait to pause it; with `concurrentCalls:
 * 1` it is one at a time.
 */
function looksDead(item: EndpointItem, firstAt: number): boolean {
  if (isPaused(item) || item.failures >= PAUSE_AFTER_FAILURES) return true;
  return item.failures > 0 && item.since <= firstAt + FIRST_ATTEMPT_MS;
}
