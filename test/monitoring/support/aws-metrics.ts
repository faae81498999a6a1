/**
 * AWS's own metrics that we use or could use, by namespace, with the one dimension by which we read
 * them. Sources: Lambda Developer Guide "Types of metrics for Lambda functions"; SQS Developer
 * Guide "Available CloudWatch metrics for Amazon SQS"; DynamoDB Developer Guide "DynamoDB metrics
 * and dimensions".
 */
export const AWS_METRICS: Readonly<
  Record<string, { readonly dimension: string; readonly resource: string; readonly names: readonly string[] }>
> = {
  'AWS/Lambda': {
    dimension: 'FunctionName',
    resource: 'AWS::Lambda::Function',
    names: ['Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions', 'AsyncEventsDropped'],
  },
  'AWS/SQS': {
    dimension: 'QueueName',
    resource: 'AWS::SQS::Queue',
    names: [
      'ApproximateAgeOfOldestMessage',
      'ApproximateNumberOfGroupsWithInflightMessages',
      'ApproximateNumberOfMessagesDelayed',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesVisible',
      'NumberOfDeduplicatedSentMessages',
      'NumberOfEmptyReceives',
      'NumberOfMessagesDeleted',
      'NumberOfMessagesReceived',
      'NumberOfMessagesSent',
      'SentMessageSize',
    ],
  },
  'AWS/DynamoDB': {
    dimension: 'TableName',
    resource: 'AWS::DynamoDB::GlobalTable',
    names: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits', 'ThrottledRequests', 'SystemErrors'],
  },
};
