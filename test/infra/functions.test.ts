import { describe, expect, it } from 'vitest';
import { statementsOf, theResource, webhookTemplate } from './template.ts';

const template = webhookTemplate();
const POLLER = 'auth0-webhooks-poller';
const DELIVERER = 'auth0-webhooks-deliverer';

const functionOf = (of: typeof template, name: string) =>
  theResource(of, 'AWS::Lambda::Function', { FunctionName: name });
const logGroupOf = (name: string) =>
  theResource(template, 'AWS::Logs::LogGroup', { LogGroupName: `/aws/lambda/${name}` });
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const allow = (Action: string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

const LEDGER_ACTIONS = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
  (name) => `dynamodb:${name}`,
);
const LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

describe('both functions', () => {
  it.each([
    [POLLER, 384],
    [DELIVERER, 256],
  ])('%s runs on arm64 and Node 24 with %i MB, logs JSON to its own group', (name, megabytes) => {
    expect(functionOf(template, name).definition.Properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: megabytes,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: logGroupOf(name).logicalId } },
    });
  });

  it.each([POLLER, DELIVERER])('%s keeps its log for 30 days by default', (name) => {
    expect(logGroupOf(name).definition).toMatchObject({
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'Delete',
    });
  });

  it('has no other function, and no managed policy', () => {
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
    for (const role of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(role.Properties.ManagedPolicyArns).toBeUndefined();
      expect(role.Properties.Policies).toBeUndefined();
    }
  });

  it('allows no wildcard anywhere', () => {
    for (const policy of Object.values(template.findResources('AWS::IAM::Policy'))) {
      expect(JSON.stringify(policy.Properties.PolicyDocument)).not.toContain('*');
    }
  });

  it('polls again within the minute where that is asked for: longer, told by the schedule', () => {
    const often = webhookTemplate({ pollEverySeconds: 5 });

    expect(functionOf(often, POLLER).definition.Properties).toMatchObject({ Timeout: 65, MemorySize: 384 });
    expect(theResource(often, 'AWS::Events::Rule', {}).definition.Properties.Targets).toMatchObject([
      { Input: '{"pollEverySeconds":5}' },
    ]);
    expect(theResource(template, 'AWS::Events::Rule', {}).definition.Properties.Targets).toMatchObject([
      { Input: '{"pollEverySeconds":60}' },
    ]);
    expect(
      functionOf(webhookTemplate({ pollEverySeconds: 5, memory: 1_024 }), POLLER).definition,
    ).toMatchObject({
      Properties: { MemorySize: 1_024 },
    });
  });

  it('takes memory and log retention from the configuration', () => {
    const configured = webhookTemplate({ memory: 1_024, logRetentionDays: 7 });

    configured.allResourcesProperties('AWS::Lambda::Function', { MemorySize: 1_024 });
    configured.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });
});

describe('poller', () => {
  const { logicalId, definition } = functionOf(template, POLLER);

  it('runs one at a time, for 55 s at most', () => {
    expect(definition.Properties).toMatchObject({ Timeout: 55, ReservedConcurrentExecutions: 1 });
  });

  it('knows names and addresses, and no secret but by its reference', () => {
    expect(definition.Properties.Environment.Variables).toEqual({
      WEBHOOK_NAME: 'auth0-webhooks',
      TABLE_NAME: { Ref: 'StateTable' },
      QUEUE_URL: { Ref: 'EventQueue' },
      DEAD_LETTER_QUEUE_URL: { Ref: 'DeadLetterQueue' },
      AUTH0_SECRET_ID: { Ref: 'Auth0Secret' },
      ORDER: 'resource',
      METRICS: 'full',
    });
  });

  it('may do this and nothing else', () => {
    expect(statementsOf(template, POLLER)).toEqual([
      allow(LOG_ACTIONS, arnOf(logGroupOf(POLLER).logicalId)),
      allow(['secretsmanager:GetSecretValue'], { Ref: 'Auth0Secret' }),
      allow(LEDGER_ACTIONS, arnOf('StateTable')),
      allow(['sqs:GetQueueAttributes', 'sqs:SendMessage'], arnOf('EventQueue')),
      allow(['sqs:GetQueueAttributes'], arnOf('DeadLetterQueue')),
    ]);
  });

  it('is called every minute and never again for the same minute, by the rule nor by Lambda itself', () => {
    const { definition: rule } = theResource(template, 'AWS::Events::Rule');
    const { definition: own } = theResource(template, 'AWS::Lambda::EventInvokeConfig');

    expect(rule.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [
        { Arn: arnOf(logicalId), RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } },
      ],
    });
    expect(own.Properties).toEqual({
      FunctionName: { Ref: logicalId },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });

  it('may be called by that rule alone', () => {
    expect(theResource(template, 'AWS::Lambda::Permission').definition.Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf(logicalId),
      Principal: 'events.amazonaws.com',
      SourceArn: arnOf(theResource(template, 'AWS::Events::Rule').logicalId),
    });
  });

  it('takes its schedule from the configuration', () => {
    const schedule = 'cron(0/10 * * * ? *)';

    webhookTemplate({ schedule }).hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: schedule,
    });
  });
});

describe('deliverer', () => {
  const { logicalId, definition } = functionOf(template, DELIVERER);

  it('runs for 90 s at most, five at a time by default', () => {
    expect(definition.Properties).toMatchObject({ Timeout: 90, ReservedConcurrentExecutions: 5 });
  });

  it.each([
    [{ concurrentCalls: 1, reserveConcurrency: false }, 'true'],
    [{ concurrentCalls: 1 }, 'false'],
    [{ concurrentCalls: 2, reserveConcurrency: false }, 'false'],
  ])('with %j takes a lease: %s', (settings, takesLease) => {
    const { Properties } = functionOf(webhookTemplate(settings), DELIVERER).definition;

    expect(Properties.Environment.Variables.TAKES_LEASE).toBe(takesLease);
  });

  it('knows names, addresses and its share, and no secret but by its reference', () => {
    expect(definition.Properties.Environment.Variables).toEqual({
      WEBHOOK_NAME: 'auth0-webhooks',
      TABLE_NAME: { Ref: 'StateTable' },
      QUEUE_URL: { Ref: 'EventQueue' },
      DEAD_LETTER_QUEUE_URL: { Ref: 'DeadLetterQueue' },
      WEBHOOK_SECRET_ID: { Ref: 'WebhookSecret' },
      ATTEMPTS_SIDE_BY_SIDE: '1',
      CONCURRENT_CALLS: '5',
      TAKES_LEASE: 'false',
      RETRY_WINDOW_SECONDS: '345600',
      METRICS: 'full',
    });
  });

  it('may do this and nothing else', () => {
    expect(statementsOf(template, DELIVERER)).toEqual([
      allow(LOG_ACTIONS, arnOf(logGroupOf(DELIVERER).logicalId)),
      allow(['secretsmanager:GetSecretValue'], { Ref: 'WebhookSecret' }),
      allow(LEDGER_ACTIONS, arnOf('StateTable')),
      allow(
        ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        arnOf('EventQueue'),
      ),
      allow(['sqs:SendMessage'], arnOf('DeadLetterQueue')),
    ]);
  });

  it('gets ten records at a time and returns the failed ones singly', () => {
    expect(theResource(template, 'AWS::Lambda::EventSourceMapping').definition.Properties).toEqual({
      FunctionName: { Ref: logicalId },
      EventSourceArn: arnOf('EventQueue'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
      Tags: [{ Key: 'auth0-webhook', Value: 'auth0-webhooks' }],
    });
  });

  it('takes the retry window from the configuration', () => {
    const { definition: configured } = functionOf(webhookTemplate({ retryWindow: '12 hours' }), DELIVERER);

    expect(configured.Properties.Environment.Variables.RETRY_WINDOW_SECONDS).toBe('43200');
  });
});

describe('concurrentCalls', () => {
  it.each([
    [1, 1, '1', 2, 'total'],
    [7, 7, '1', 7, 'resource'],
    [10, 2, '5', 2, 'resource'],
    [100, 10, '10', 10, 'resource'],
  ])(
    'of %i is %i invocations of %s attempts, a mapping of %i, order: %s',
    (calls, reserved, share, mapping, order) => {
      const configured = webhookTemplate({ concurrentCalls: calls });
      const deliverer = functionOf(configured, DELIVERER).definition.Properties;

      expect(deliverer.ReservedConcurrentExecutions).toBe(reserved);
      expect(deliverer.Environment.Variables.ATTEMPTS_SIDE_BY_SIDE).toBe(share);
      expect(functionOf(configured, POLLER).definition.Properties.Environment.Variables.ORDER).toBe(order);
      configured.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        ScalingConfig: { MaximumConcurrency: mapping },
      });
    },
  );

  it('reserves for neither function when reserveConcurrency is false, and caps the mapping alike', () => {
    const configured = webhookTemplate({ reserveConcurrency: false });

    for (const name of [POLLER, DELIVERER]) {
      expect(functionOf(configured, name).definition.Properties).not.toHaveProperty(
        'ReservedConcurrentExecutions',
      );
    }
    configured.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });
});
