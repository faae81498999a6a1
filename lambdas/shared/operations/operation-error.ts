/**
 * An operation was refused, or could not go on. The message says which value is wrong, what was
 * expected, and what to do; it holds no secret and no payload. A refused operation has changed
 * nothing.
 */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly reason: OperationReason;

  constructor(reason: OperationReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type OperationReason =
  /** A value makes no sense. */
  | 'argument'
  /** Nothing was ever read, so there is nothing to work on. */
  | 'unused'
  /** As things stand it would break the promise. */
  | 'refused'
  /** Polls kept writing the state that was to be changed. */
  | 'overtaken';
