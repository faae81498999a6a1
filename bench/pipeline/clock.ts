/** Time of a pipeline in one process: real, or virtual (`bench/virtual/clock.ts`). */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: number;
  sleep(ms: number): Promise<void>;
  /** Calls `what` at a moment, in epoch milliseconds. */
  at(time: number, what: () => void): void;
}

export const realClock: Clock = {
  get now() {
    return Date.now();
  },
  sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
  at(time, what) {
    setTimeout(what, time - Date.now());
  },
};
