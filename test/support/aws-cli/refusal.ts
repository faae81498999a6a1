/**
 * The AWS CLI refuses a call before it is sent. Its exit code is 252, or 253 where region or
 * credentials are missing.
 */
export class UsageError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 252) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The service refuses a call. The exit code is 254. */
export class ServiceError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
