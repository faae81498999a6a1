import { setTimeout as sleep } from 'node:timers/promises';
import { AnotherConnection } from './another-connection.ts';
import { type Connection, type Idle, isFresh, LONGEST_IDLE_MS, restMs } from './idle.ts';
import { type Endpoint, openConnection } from './open-connection.ts';
import { PostTimeoutError } from './post-error.ts';

/**
 * Connections that are kept for each call that runs at a time. A receiver that answers in 10 ms
 * uses six by turns.
 */
const MOST_PER_CALL = 6;
/**
 * How long the receiver keeps a connection, by its own word: `timeout=5` in a `keep-alive` header.
 */
export interface KeepAlive {
  readonly seconds: number | undefined;
}

/**
 * The connections to one endpoint that are kept between attempts. Lambda freezes a function between
 * its invocations, and no timer runs then. So the wall clock tells how long a connection was idle,
 * when it is to be used again.
 */
export class Connections {
  readonly #endpoint: Endpoint;
  readonly #most: number;
  readonly #now: () => number;
  #idle: Idle[] = [];
  /**
   * True when the receiver has sent bytes that no request had asked for. No connection is used
   * twice then.
   */
  #isDistrusted = false;
  readonly #another = new AnotherConnection();

  /** @param sideBySide how many attempts run at the same time */
  constructor(endpoint: Endpoint, sideBySide: number, now: () => number) {
    this.#endpoint = endpoint;
    this.#most = sideBySide * MOST_PER_CALL;
    this.#now = now;
  }

  /** Takes a kept connection that may be used and has rested; the one that was used last. */
  async takeIdle(): Promise<Connection | undefined> {
    const rested = await this.#rested();
    const [longest] = this.#idle;
    if (rested || !longest) return rested;
    const waitMs = restMs(longest) + 2; // a timer may be early by a millisecond
    if (this.#idle.length < this.#most && this.#another.isWorthIt(waitMs)) return undefined;
    this.#another.waited();
    await sleep(waitMs);
    return await this.#rested();
  }

  async #rested(): Promise<Connection | undefined> {
    if (this.#idle.length === 0) return undefined;
    // An end of the connection, or bytes that no request asked for, must be noticed first. Between
    // two turns the event loop has looked at all sockets.
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

  /**
   * Opens a connection.
   * @throws {PostTimeoutError} after `timeoutMs`, and what connecting throws
   */
  async open(timeoutMs: number): Promise<Connection> {
    const aborting = new AbortController();
    const timer = setTimeout(() => aborting.abort(new PostTimeoutError('connect')), timeoutMs);
    try {
      const socket = await this.#another.open(
        () => openConnection(this.#endpoint, aborting.signal),
        this.#idle.length > 0 ? () => this.dropIdle() : undefined,
      );
      return { socket, openedAt: this.#now() };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Keeps a connection, if its last answer surely ended. */
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
    // Bytes that come now belong to no request. Left in place they would be read as the answer to
    // the next one. A receiver that sends such bytes once does so again.
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

  /** Closes all kept connections. */
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
