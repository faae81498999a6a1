import type { Socket } from 'node:net';

/**
 * Load balancers and NATs forget an idle connection silently, the strictest of the common ones
 * after 60 s.
 */
export const LONGEST_IDLE_MS = 45_000;
/** A name that has moved is followed after so long at the latest. */
const LONGEST_AGE_MS = 5 * 60_000;
/**
 * What a receiver sends behind its answer would be taken for the answer to the next request. So a
 * connection rests before it is used again, long enough also for what Nagle's algorithm held back
 * until a delayed acknowledgement (40 ms on Linux).
 */
const REST_MS = 50;
export interface Connection {
  readonly socket: Socket;
  /** Epoch milliseconds. */
  readonly openedAt: number;
}

/** A connection between two attempts. */
export interface Idle extends Connection {
  readonly since: number;
  /** The same by a clock that nobody sets, milliseconds. */
  readonly restsSince: number;
  readonly longestMs: number;
  readonly drop: () => void;
  readonly distrust: () => void;
}

/** It may be used again, by the wall clock, which also went on while the function was frozen. */
export function isFresh({ socket, openedAt, since, longestMs }: Idle, now: number): boolean {
  const idleMs = now - since; // below zero: the clock was set back, and nobody knows
  return !socket.destroyed && idleMs >= 0 && idleMs < longestMs && now - openedAt < LONGEST_AGE_MS;
}

/** Milliseconds for which it still has to rest; it has rested when there are none. */
export function restMs({ restsSince }: Idle): number {
  return REST_MS - (performance.now() - restsSince);
}
