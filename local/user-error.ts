/**
 * A mistake that the user can mend. Its message is printed without a stack trace. `exitCode` 2
 * means a wrong command line.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
