/**
 * Limits of every AWS client. A call that hangs must end well before the function does, or what
 * follows it is never done. DynamoDB and SQS answer in milliseconds, and three tries of 2 s fit
 * into the 10 s that a delivery keeps for recording its outcomes.
 */
export const awsClientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
