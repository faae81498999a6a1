import type { PollDeps } from '../poll-deps.ts';
import type { PollEnd } from '../poll-end.ts';
import { LONGEST_WAIT_MS } from './token-bucket.ts';

/** The end of a poll, when the bucket of Auth0 asks for more patience than pays. */
export function tooLong(pauseMs: number, now: number): PollEnd | undefined {
  return pauseMs > LONGEST_WAIT_MS ? { stoppedBy: 'rate-limit', retryAt: now + pauseMs } : undefined;
}

/**
 * Waits as the poll before this one left the bucket; gives the end of the poll where that would
 * take too long.
 */
export async function pauseBeforePoll({ log, sleep, now }: PollDeps): Promise<PollEnd | undefined> {
  const pauseMs = log.pauseMs();
  const end = tooLong(pauseMs, now());
  if (!end && pauseMs > 0) await sleep(pauseMs);
  return end;
}
