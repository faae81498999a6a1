import { deleteMessage, receiveMessages } from '../../../lambdas/shared/queue/receive.ts';
import { sendMessage } from '../../../lambdas/shared/queue/send.ts';
import type { Answers } from '../../support/aws-cli/aws-cli.ts';
import { answeredBy } from '../../support/aws-cli/forwarding.ts';
import { askInsights, flat } from '../../support/aws-cli/insights.ts';
import { ServiceError } from '../../support/aws-cli/refusal.ts';
import type { OperationsWorld } from '../../support/operations-world.ts';

export interface OperatorAws {
  readonly world: OperationsWorld;
  readonly stack: string;
  /** By the secret's name. */
  readonly secrets: Map<string, string>;
  /** Lines of both functions' logs. */
  readonly lines: readonly object[];
  /** The questions that were put to them, with the log group. */
  readonly questions: { readonly group: string; readonly query: string }[];
}

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:';

/** What AWS answers an operator: table and queues are the embedded ones, the rest is as recorded from its documentation. */
export function operatorAnswers(aws: OperatorAws): Answers {
  const { world, stack } = aws;
  return {
    ...answeredBy('dynamodb', world.endpoints.dynamodb),
    ...answeredBy('sqs', world.endpoints.sqs),
    ...moves(world),
    ...secrets(aws),
    ...logs(aws),
    'cloudformation describe-stacks': ({ StackName }) => {
      if (StackName !== stack)
        throw new ServiceError('ValidationError', `Stack with id ${StackName} does not exist`);
      const outputs = {
        TableName: world.tableName,
        QueueUrl: world.queue.url,
        DeadLetterQueueUrl: world.deadLetterQueue.url,
        AdoptCommand: `npx cdk import ${stack} --resource-mapping-inline '{}'`,
      };
      const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
      return { Stacks: [{ StackName, Outputs }] };
    },
    'cloudwatch describe-alarm-history': ({ AlarmName }) => ({
      AlarmHistoryItems: [
        { AlarmName, Timestamp: '2026-11-25T09:00:00Z', HistorySummary: 'Alarm updated from OK to ALARM' },
      ],
    }),
    'cloudwatch describe-alarms': ({ AlarmNames }) => ({
      MetricAlarms: [{ AlarmArn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${AlarmNames}` }],
    }),
    'cloudwatch get-metric-statistics': () => ({
      Datapoints: [{ Timestamp: '2026-11-25T09:00:00Z', Sum: 0 }],
    }),
    'cloudwatch set-alarm-state': () => ({}),
    // The embedded DynamoDB has no backups.
    'dynamodb restore-table-to-point-in-time': ({ TargetTableName }) => ({
      TableDescription: { TableName: TargetTableName, TableStatus: 'CREATING' },
    }),
    'events list-rule-names-by-target': () => ({ RuleNames: [`${stack}-rule`] }),
    'events describe-rule': ({ Name }) => ({ Name, State: 'ENABLED', ScheduleExpression: 'rate(1 minute)' }),
    'events enable-rule': () => ({}),
    'lambda get-account-settings': () => ({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 994 },
    }),
    'lambda get-function-concurrency': () => ({ ReservedConcurrentExecutions: 1 }),
    'lambda get-function-configuration': ({ FunctionName }) => ({
      FunctionArn: `${ARN}${FunctionName}`,
      State: 'Active',
      LastUpdateStatus: 'Successful',
    }),
    'service-quotas request-service-quota-increase': () => ({ RequestedQuota: { Status: 'PENDING' } }),
    'sns subscribe': () => ({ SubscriptionArn: 'pending confirmation' }),
  };
}

/** The embedded SQS has no move tasks: the same by its own messages, one after the other. */
function moves({ queue, deadLetterQueue }: OperationsWorld): Answers {
  let moved = 0;
  return {
    'sqs start-message-move-task': async () => {
      for (;;) {
        const messages = await receiveMessages(deadLetterQueue, { most: 10, hiddenSeconds: 60 });
        if (messages.length === 0) return { TaskHandle: 'task-1' };
        for (const { body, attributes, messageId, receiptHandle } of messages) {
          const group = attributes.resource ?? 'all';
          await sendMessage(queue, { body, group, deduplicationId: messageId, attributes });
          await deleteMessage(deadLetterQueue, receiptHandle);
          moved++;
        }
      }
    },
    'sqs list-message-move-tasks': () => ({
      Results: [
        {
          Status: 'COMPLETED',
          ApproximateNumberOfMessagesMoved: moved,
          ApproximateNumberOfMessagesToMove: moved,
        },
      ],
    }),
  };
}

function secrets({ secrets: values }: OperatorAws): Answers {
  const existing = (id: unknown): string => {
    const name = String(id);
    if (!values.has(name)) {
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return name;
  };
  return {
    'secretsmanager get-secret-value': ({ SecretId }) => ({
      Name: existing(SecretId),
      SecretString: values.get(existing(SecretId)),
    }),
    'secretsmanager put-secret-value': ({ SecretId, SecretString }) => {
      const name = existing(SecretId);
      if (SecretString === '')
        throw new ServiceError('ValidationException', 'SecretString has at least 1 character');
      values.set(name, String(SecretString));
      return { Name: name };
    },
  };
}

function logs({ lines, questions }: OperatorAws): Answers {
  const polled = new Set<unknown>();
  return {
    'logs start-query': ({ logGroupName, queryString, startTime, endTime }) => {
      if (Number(startTime) >= Number(endTime))
        throw new ServiceError('MalformedQueryException', 'end before start');
      questions.push({ group: String(logGroupName), query: String(queryString) });
      return { queryId: String(questions.length) };
    },
    'logs get-query-results': ({ queryId }) => {
      const query = questions[Number(queryId) - 1]?.query ?? '';
      if (!polled.has(queryId)) {
        polled.add(queryId);
        return { status: 'Running', results: [] };
      }
      const stamped = lines.map((line) => flat({ '@timestamp': '2026-11-25 10:00:00.000', ...line }));
      return { status: 'Complete', results: askInsights(query, stamped) };
    },
    'logs tail': () => '',
  };
}
