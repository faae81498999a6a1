/** An error that DynamoDB answers. `code` is the name of the SDK's exception. */
export class DynamoDbError extends Error {
  override readonly name = 'DynamoDbError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A request that DynamoDB, or local mode alone, does not take. */
export function invalid(message: string): DynamoDbError {
  return new DynamoDbError('ValidationException', message);
}
