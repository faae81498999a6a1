import type { Socket } from 'node:net';
import { type Endpoint, openConnection } from './open-connection.ts';
import { PostTimeoutError } from './post-error.ts';

/**
 * Load balancers and NATs forget an idle connection silently, the strictest of the common ones
 * after 60 s.
 */
const LONGEST_IDLE_MS = 45_000;
/** A name that has moved is followed after so long at the latest. */
const LONGEST_AGE_MS = 5 * 60_000;

export interface Connection {
  readonly socket: Socket;
  /** Epoch milliseconds. */
  readonly openedAt: number;
}

interface Idle extends Connection {
  readonly since: number;
  readonly longestMs: number;
  readonly drop: () => void;
}

/** What a receiver says of its own patience: `timeout=5` in a `keep-alive` header. */
export interface KeepAlive {
  readonly seconds: number | undefined;
}

/**
 * The connections to one endpoint that are kept between attempts. Lambda freezes a function between
 * its invocations, and no timer runs then: how long a connection was idle is therefore judged by
 * the wall clock, when it is to be used again.
 */
export class Connections {
  readonly #endpoint: Endpoint;
  readonly #most: number;
  readonly #now: () => number;
  #idle: Idle[] = [];

  /** @param most how many are kept */
  constructor(endpoint: Endpoint, most: number, now: () => number) {
    this.#endpoint = endpoint;
    this.#most = most;
    this.#now = now;
  }

  /** The connection that was used last, if one may be used again. */
  async takeIdle(): Promise<Connection | undefined> {
    if (this.#idle.length === 0) return undefined;
    await nextTurn(); // what came while the function was frozen (an end, bytes that nobody asked for) is noticed first
    for (let idle = this.#idle.at(-1); idle; idle = this.#idle.at(-1)) {
      this.#forget(idle);
      if (this.#isFresh(idle)) return { socket: idle.socket.ref(), openedAt: idle.openedAt };
      idle.socket.destroy();
    }
    return undefined;
  }

  /** @throws {PostTimeoutError} after so many milliseconds, and what connecting throws. */
  async open(timeoutMs: number): Promise<Connection> {
    const aborting = new AbortController();
    const timer = setTimeout(() => aborting.abort(new PostTimeoutError('connect')), timeoutMs);
    try {
      const socket = await openConnection(this.#endpoint, aborting.signal);
      return { socket, openedAt: this.#now() };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Keeps a connection whose last answer ended without a doubt. */
  keep({ socket, openedAt }: Connection, { seconds }: KeepAlive): void {
    const longestMs = Math.min(
      LONGEST_IDLE_MS,
      seconds === undefined ? LONGEST_IDLE_MS : (seconds - 1) * 1_000,
    );
    if (socket.destroyed || longestMs <= 0 || this.#idle.length >= this.#most) {
      socket.destroy();
      return;
    }
    // Bytes that come now belong to no request. Left in place they would be taken for the answer to
    // the next one.
    const drop = () => {
      this.#forget(idle);
      socket.destroy();
    };
    const idle: Idle = { socket, openedAt, since: this.#now(), longestMs, drop };
    socket.on('data', drop).on('end', drop).on('close', drop);
    socket.unref(); // it keeps no process alive
    this.#idle.push(idle);
  }

  /** Closes all that are kept. */
  dropIdle(): void {
    for (const { drop } of [...this.#idle]) drop();
  }

  #forget(idle: Idle): void {
    this.#idle = this.#idle.filter((other) => other !== idle);
    idle.socket.off('data', idle.drop).off('end', idle.drop).off('close', idle.drop);
  }

  #isFresh({ socket, openedAt, since, longestMs }: Idle): boolean {
    const now = this.#now();
    const idleMs = now - since; // below zero: the clock was set back, and nobody knows
    return !socket.destroyed && idleMs >= 0 && idleMs < longestMs && now - openedAt < LONGEST_AGE_MS;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
