export interface GrowingPause {
  /** Begins the pause after a failure. It lasts at least `atLeastMs`. */
  failed(now: number, atLeastMs?: number): void;
  succeeded(): void;
  /** Milliseconds that are left of the pause. */
  leftMs(now: number): number;
  /** Failures without a success in between. */
  readonly failures: number;
}

/** A pause that doubles with each failure in a row, from `firstMs` to `longestMs`. */
export function growingPause(firstMs: number, longestMs: number): GrowingPause {
  let failures = 0;
  let until = 0;
  return {
    failed(now, atLeastMs = 0) {
      until = now + Math.max(atLeastMs, Math.min(longestMs, firstMs * 2 ** failures));
      failures++;
    },
    succeeded() {
      failures = 0;
      until = 0;
    },
    leftMs: (now) => Math.max(0, until - now),
    get failures() {
      return failures;
    },
  };
}
