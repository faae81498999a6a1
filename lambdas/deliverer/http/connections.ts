import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, type Idle, isFresh, LONGEST_IDLE_MS, restMs } from './idle.ts';
import { type Endpoint, openConnection } from './open-connection.ts';
import { PostTimeoutError } from './post-error.ts';

/** Kept for each call that runs at a time: a receiver that answers in 10 ms uses six by turns. */
const MOST_PER_CALL = 6;
/**
 * A few rests are waited for, which costs less than to connect. Whoever calls more is worth another
 * connection.
 */
const WAITED_FOR = 10;

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
  /** The receiver sent something that nobody had asked for: then no connection is used twice. */
  #isDistrusted = false;
  #waits = 0;

  /** @param sideBySide how many attempts run at the same time */
  constructor(endpoint: Endpoint, sideBySide: number, now: () => number) {
    this.#endpoint = endpoint;
    this.#most = sideBySide * MOST_PER_CALL;
    this.#now = now;
  }

  /** Of those that may be used again and have rested, the one that was used last. */
  async takeIdle(): Promise<Connection | undefined> {
    const rested = await this.#rested();
    const [longest] = this.#idle;
    if (rested || !longest) return rested;
    if (this.#idle.length < this.#most && this.#waits >= WAITED_FOR) return undefined;
    this.#waits++;
    await sleep(restMs(longest) + 2); // a timer may be early by a millisecond
    return await this.#rested();
  }

  async #rested(): Promise<Connection | undefined> {
    if (this.#idle.length === 0) return undefined;
    // What came (an end, bytes that nobody asked for) is noticed first. Only between two turns has
    // the event loop looked at all sockets.
    await nextTurn();
    await nextTurn();
    for (const idle of this.#idle.toReversed()) {
      if (!isFresh(idle, this.#now())) idle.drop();
      else if (restMs(idle) <= 0) {
        this.#forget(idle);
        return { socket: idle.socket.ref(), openedAt: idle.openedAt };
      }
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
    const isFull = this.#idle.length >= this.#most;
    if (socket.destroyed || longestMs <= 0 || isFull || this.#isDistrusted) {
      socket.destroy();
      return;
    }
    const drop = () => {
      this.#forget(idle);
      socket.destroy();
    };
    // Bytes that come now belong to no request. Left in place they would be taken for the answer to
    // the next one; and a receiver that sends such bytes once does so again.
    const distrust = () => {
      this.#isDistrusted = true;
      this.dropIdle();
    };
    const since = { since: this.#now(), restsSince: performance.now() };
    const idle: Idle = { socket, openedAt, ...since, longestMs, drop, distrust };
    socket.on('data', distrust).on('end', drop).on('close', drop);
    socket.unref(); // it keeps no process alive
    this.#idle.push(idle);
  }

  /** Closes all that are kept. */
  dropIdle(): void {
    for (const { drop } of [...this.#idle]) drop();
  }

  #forget(idle: Idle): void {
    this.#idle = this.#idle.filter((other) => other !== idle);
    idle.socket.off('data', idle.distrust).off('end', idle.drop).off('close', idle.drop);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
