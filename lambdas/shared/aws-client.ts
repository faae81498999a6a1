/**
 * For every AWS client: a call that hangs must end well before the function does, so that what follows it still can.
 * DynamoDB and SQS answer in milliseconds; 5 s is a hundred times that.
 */
export const awsClientOptions = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};
