/**
 * Something that the user can mend: printed as its message, without a stack trace. `exitCode` 2 =
 * wrong command line.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
