import { setTimeout as sleep } from 'node:timers/promises';
import type { PollCompleted } from '../output/log-line.ts';
import type { Outstanding } from './operations.ts';

/** The pause after a poll that failed, or that left entries to settle. */
const PAUSE_MS = 1_000;
/**
 * The pause between two looks at what is still pending. It is longer while there is much, as a look
 * reads all of it.
 */
const LOOK_MS = 100;
const LONGEST_LOOK_MS = 1_000;

type Poll = () => Promise<PollCompleted | undefined>;

/** Polls until a poll has caught up with the log, or the signal comes. */
export async function catchUp(poll: Poll, signal: AbortSignal, now: () => number = Date.now): Promise<void> {
  while (!signal.aborted) {
    const completed = await poll();
    if (completed?.stoppedBy === 'caught-up' || completed?.stoppedBy === 'paused') return;
    await pause(pauseAfter(completed, now()), signal);
  }
}

/** Milliseconds until the next poll. */
export function pauseAfter(completed: PollCompleted | undefined, now: number): number {
  switch (completed?.stoppedBy) {
    case 'deadline':
    case 'overtaken':
      return 0;
    case 'rate-limit':
      return Math.max(PAUSE_MS, (completed.retryAtMs ?? now) - now); // at most one request a second, whatever Auth0 says
    default:
      return PAUSE_MS;
  }
}

export interface UntilDeliveredOptions {
  readonly poll: Poll;
  readonly outstanding: () => Promise<Outstanding>;
  /** Seconds between polls while pending events have no message. A poll finds and repairs that. */
  readonly pollSeconds: number;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

/**
 * Waits until nothing is pending but what is on the dead-letter queue, or until the signal comes.
 */
export async function untilDelivered({
  poll,
  outstanding,
  pollSeconds,
  signal,
  now = Date.now,
}: UntilDeliveredOptions): Promise<void> {
  let polledAt = now();
  while (!signal.aborted) {
    const { pending, queued } = await outstanding();
    if (pending === 0) return;
    if (queued === 0 && now() - polledAt >= pollSeconds * 1000) {
      await poll();
      polledAt = now();
    }
    await pause(Math.min(LONGEST_LOOK_MS, LOOK_MS + pending), signal);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
