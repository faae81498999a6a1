import { type EndpointItem, isPaused, type ProbeLane } from './item.ts';
import { isProbeDue, laneOf } from './probe.ts';
import { paceOf } from './turns.ts';

/** What to do with the next request. */
export type Decision =
  | { readonly kind: 'attempt' | 'hold' }
  /** Attempt it if the lane's probe can be claimed. */
  | { readonly kind: 'probe'; readonly lane: ProbeLane }
  /** Take a turn of the pace. */
  | { readonly kind: 'turn' }
  /** Epoch milliseconds. */
  | { readonly kind: 'wait'; readonly until: number };

export interface Candidate {
  /** Attempts before this one. */
  readonly attempts: number;
  /** True when its retry window is over, so that this attempt is its last. */
  readonly isWindowOver: boolean;
}

/**
 * Decides what happens to the next request.
 * @param latest the last moment at which this invocation may start an attempt, epoch milliseconds
 * @param mostPerSecond WEBHOOK_MAX_PER_SECOND, 0 = none
 */
export function decide(
  item: EndpointItem,
  { attempts, isWindowOver }: Candidate,
  now: number,
  latest: number,
  mostPerSecond: number,
): Decision {
  // It is attempted whatever the item says. Held for ever it would never reach the dead-letter
  // queue, which has an alarm.
  if (isWindowOver) return { kind: 'attempt' };
  if (isPaused(item)) {
    const lane = laneOf(attempts);
    return isProbeDue(item, lane, now) ? { kind: 'probe', lane } : { kind: 'hold' };
  }
  const perSecond = paceOf(item.pace, mostPerSecond);
  const start = Math.max(now, item.until, perSecond > 0 ? item.pace.next : 0);
  if (start > latest) return { kind: 'hold' };
  if (perSecond > 0) return { kind: 'turn' };
  return start > now ? { kind: 'wait', until: start } : { kind: 'attempt' };
}
