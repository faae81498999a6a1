/**
 * What may happen to a call. Services have some faults of their own (a refused entry, an answer of
 * 500).
 */
export const Fault = {
  /** The call fails and nothing happened. */
  fails: 'fails',
  /** The call happens, but the caller sees an error, as in a time-out after success. */
  failsAfter: 'fails-after',
  /**
   * The SDK repeats a call whose answer was lost. It happens twice, and the second answer counts.
   */
  retried: 'retried',
  crashBefore: 'crash-before',
  crashAfter: 'crash-after',
  /** The call goes well, and meanwhile somebody interrupts the caller. */
  cut: 'cut',
  /** The caller dies, and its call arrives much later. */
  arrivesLate: 'arrives-late',
} as const;

export const READ_FAULTS = [Fault.fails, Fault.crashBefore] as const;
export const WRITE_FAULTS = [
  Fault.fails,
  Fault.failsAfter,
  Fault.retried,
  Fault.crashBefore,
  Fault.crashAfter,
  Fault.arrivesLate,
] as const;

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}
