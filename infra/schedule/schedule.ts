/** A schedule that an EventBridge rule accepts. */
export interface Schedule {
  /** When it is due next after `after`, both in epoch milliseconds; undefined when never again. */
  next(after: number): number | undefined;
  /** The longest time between two runs. An alarm must not take it for silence. */
  readonly longestPauseSeconds: number;
}

/** A schedule that counts from the run before. */
export function everySeconds(seconds: number): Schedule {
  return { next: (after) => after + seconds * 1_000, longestPauseSeconds: seconds };
}
