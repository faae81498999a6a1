/**
 * What may happen to a call. The services know some more of their own (a refused entry, an answer
 * of 500).
 */
export const Fault = {
  /** The call fails and nothing happened. */
  fails: 'fails',
  /** It happened, but the caller sees an error: a time-out after success. */
  failsAfter: 'fails-after',
  /**
   * The SDK repeats a call whose answer was lost: it happens twice, and the second answer counts.
   */
  retried: 'retried',
  crashBefore: 'crash-before',
  crashAfter: 'crash-after',
  /** The caller dies, and what it sent arrives much later. */
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
