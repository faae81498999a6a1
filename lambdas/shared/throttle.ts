import { errorName } from './logger.ts';

/** True for an AWS service's error that says to come back later: it did nothing. */
export function isThrottle(error: unknown): boolean {
  return /Throttl|ThroughputExceeded|RequestLimitExceeded/.test(errorName(error));
}
