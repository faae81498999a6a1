import type { Socket } from 'node:net';

/**
 * How long a connection may be idle. Load balancers and NATs forget an idle one silently; the
 * strictest of the common ones does after 60 s.
 */
export const LONGEST_IDLE_MS = 45_000;
/** How old a connection may be, so that a host name that has moved is followed. */
const LONGEST_AGE_MS = 5 * 60_000;
/**
 * How long a connection rests before it is used again. Bytes that a receiver sends after its answer
 * would be read as the answer to the next request; while it rests they are noticed. It is long
 * enough for what Nagle's algorithm held back until a delayed acknowledgement (40 ms on Linux).
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
  /** The same by a clock that nobody sets, in milliseconds. */
  readonly restsSince: number;
  readonly longestMs: number;
  readonly drop: () => void;
  readonly distrust: () => void;
}

/**
 * True while it may be used again, by the wall clock, which also runs while the function is frozen.
 */
export function isFresh({ socket, openedAt, since, longestMs }: Idle, now: number): boolean {
  const idleMs = now - since; // below zero: the clock was set back, and nobody knows
  return !socket.destroyed && idleMs >= 0 && idleMs < longestMs && now - openedAt < LONGEST_AGE_MS;
}

/** Milliseconds for which it still has to rest; 0 or less when it has rested. */
export function restMs({ restsSince }: Idle): number {
  return REST_MS - (performance.now() - restsSince);
}
