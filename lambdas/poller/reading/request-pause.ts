import type { PollDeps } from '../poll-deps.ts';
import type { PollEnd } from '../poll-end.ts';
import { LONGEST_WAIT_MS } from './token-bucket.ts';

/** Ends the poll when Auth0's bucket needs a longer wait than pays off. */
export function tooLong(pauseMs: number, now: number): PollEnd | undefined {
  return pauseMs > LONGEST_WAIT_MS ? { stoppedBy: 'rate-limit', retryAt: now + pauseMs } : undefined;
}

/**
 * Waits as long as the poll before this one left the bucket short.
 * @returns the end of the poll where that would take too long
 */
export async function pauseBeforePoll({ log, sleep, now }: PollDeps): Promise<PollEnd | undefined> {
  const pauseMs = log.pauseMs();
  const end = tooLong(pauseMs, now());
  if (!end && pauseMs > 0) await sleep(pauseMs);
  return end;
}
