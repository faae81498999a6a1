/**
 * SQS hands one invocation at most 10 records, so more than 10 attempts side by side would never
 * run.
 */
const MOST_SIDE_BY_SIDE = 10;
/** The least `MaximumConcurrency` that an event source mapping takes. */
const LEAST_MAPPING = 2;

export interface Concurrency {
  /** Invocations of the delivery function at a time. */
  readonly reserved: number;
  /**
   * Attempts at a time within one invocation. Times `reserved` they are exactly `concurrentCalls`.
   */
  readonly sideBySide: number;
  /**
   * The event source mapping's `MaximumConcurrency`. If it received more than invocations may run,
   * Lambda would throttle the rest, and each throttled receive uses up a part of a message's
   * receive count.
   */
  readonly mappingMaximum: number;
  /**
   * `total` puts all events into one message group, as one call at a time promises total order
   * (P3).
   */
  readonly order: 'resource' | 'total';
}

/** Splits `concurrentCalls` (1 to 100) into invocations and attempts side by side. */
export function shareConcurrency(concurrentCalls: number): Concurrency {
  const sideBySide = largestDivisor(concurrentCalls, Math.min(MOST_SIDE_BY_SIDE, concurrentCalls / 2));
  const reserved = concurrentCalls / sideBySide;
  return {
    reserved,
    sideBySide,
    mappingMaximum: Math.max(LEAST_MAPPING, reserved),
    order: concurrentCalls === 1 ? 'total' : 'resource',
  };
}

function largestDivisor(of: number, limit: number): number {
  for (let divisor = Math.floor(limit); divisor > 1; divisor -= 1) {
    if (of % divisor === 0) return divisor;
  }
  return 1;
}
