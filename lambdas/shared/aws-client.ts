/**
 * For every AWS client: a call that hangs must end well before the function does, so that what
 * follows it still can. DynamoDB and SQS answer in milliseconds; three tries of 2 s fit into the 10
 * s that a delivery keeps for settling.
 */
export const awsClientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
