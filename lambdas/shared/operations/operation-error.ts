/**
 * An operation that was refused, or that could not go on. The message says which value, what was
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
  /** Nothing was ever read, so there is nothing to operate on. */
  | 'unused'
  /** It would break the promise as things stand. */
  | 'refused'
  /** Polls kept writing the state while it was to be changed. */
  | 'overtaken';
