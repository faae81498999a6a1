import type { Answers } from '../../support/aws-cli/aws-cli.ts';
import { askInsights, flat } from '../../support/aws-cli/insights.ts';
import { ServiceError } from '../../support/aws-cli/refusal.ts';

export interface OperatorAws {
  readonly stack: string;
  /** Lines of both functions' logs. */
  readonly lines: readonly object[];
}

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:';

/** What AWS answers to the questions of the runbook, in the shapes of its documentation. */
export function operatorAnswers({ stack, lines }: OperatorAws): Answers {
  return {
    ...logs(lines),
    'cloudformation describe-stacks': ({ StackName }) => {
      if (StackName !== stack) {
        throw new ServiceError('ValidationError', `Stack with id ${StackName} does not exist`);
      }
      const outputs = { TableName: 'state', WhenDestroyedAdoptCommand: `npx cdk import ${stack} '{}'` };
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
    'dynamodb update-table': ({ TableName }) => ({
      TableDescription: { TableName, TableStatus: 'UPDATING' },
    }),
    'dynamodb delete-table': ({ TableName }) => ({
      TableDescription: { TableName, TableStatus: 'DELETING' },
    }),
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
    'lambda list-event-source-mappings': ({ FunctionName }) => ({
      EventSourceMappings: [
        {
          UUID: '14e0db71-5d35-4eb5-b481-8945cf9d10c2',
          FunctionArn: `${ARN}${FunctionName}`,
          State: 'Disabled',
        },
      ],
    }),
    'lambda update-event-source-mapping': ({ UUID }) => ({ UUID, State: 'Enabling' }),
    'secretsmanager delete-secret': ({ SecretId }) => ({ Name: SecretId }),
    'sqs get-queue-url': ({ QueueName }) => ({
      QueueUrl: `https://sqs.eu-west-1.amazonaws.com/123456789012/${QueueName}`,
    }),
    'sqs delete-queue': () => ({}),
    'service-quotas request-service-quota-increase': () => ({ RequestedQuota: { Status: 'PENDING' } }),
  };
}

/** Answers queries. One is still running when it is first asked for, as with CloudWatch. */
function logs(lines: readonly object[]): Answers {
  const queries: string[] = [];
  const asked = new Set<unknown>();
  return {
    'logs start-query': ({ queryString, startTime, endTime }) => {
      if (Number(startTime) >= Number(endTime)) {
        throw new ServiceError('MalformedQueryException', 'end before start');
      }
      queries.push(String(queryString));
      return { queryId: String(queries.length) };
    },
    'logs get-query-results': ({ queryId }) => {
      if (!asked.has(queryId)) {
        asked.add(queryId);
        return { status: 'Running', results: [] };
      }
      const stamped = lines.map((line) => flat({ '@timestamp': '2026-11-25 10:00:00.000', ...line }));
      return { status: 'Complete', results: askInsights(queries[Number(queryId) - 1] ?? '', stamped) };
    },
  };
}
