import type { Socket } from 'node:net';

/**
 * How often a resting connection is waited for, where connecting took longer than the wait. A
 * caller that would wait oftener is worth another connection.
 */
const WAITED_FOR = 10;
/**
 * How long another connection waits for its answer before those that rest are closed. A receiver
 * may serve one connection at a time, and would answer only once the kept one ends. One that is
 * just slow loses nothing.
 */
const UNANSWERED_MS = 500;

/** Decides whether another connection is opened beside those that rest. */
export class AnotherConnection {
  #waits = 0;
  /** How long it took to open the last connection, in milliseconds. */
  #openedInMs = Number.POSITIVE_INFINITY;
  /** True once one was left unanswered beside a kept one. */
  #isOneEnough = false;

  /** @param waitMs how long a kept one would be waited for */
  isWorthIt(waitMs: number): boolean {
    return !this.#isOneEnough && (this.#waits >= WAITED_FOR || waitMs > this.#openedInMs);
  }

  waited(): void {
    this.#waits++;
  }

  /**
   * Opens another one.
   * @param dropKept drops those that rest, when the new one is not answered beside them; undefined
   *   when there are none
   */
  async open<T extends Socket>(connect: () => Promise<T>, dropKept: (() => void) | undefined): Promise<T> {
    const stop = dropKept && this.#watch(dropKept);
    const startedAt = performance.now();
    try {
      const socket = await connect();
      this.#openedInMs = performance.now() - startedAt;
      if (stop) socket.once('data', stop).once('close', stop);
      return socket;
    } catch (error) {
      stop?.();
      throw error;
    }
  }

  #watch(dropKept: () => void): () => void {
    const timer = setTimeout(() => {
      this.#isOneEnough = true;
      dropKept();
    }, UNANSWERED_MS).unref();
    return () => clearTimeout(timer);
  }
}
