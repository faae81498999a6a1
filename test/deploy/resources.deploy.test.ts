import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { POLL_EVERY_SECONDS } from '../../lambdas/shared/contract.ts';
import type { Outputs } from './cdk.ts';
import { type Deployment, startDeployment } from './deployment.ts';
import { readSettings } from './settings.ts';
import { deployedTemplate, physicalIds } from './stack-template.ts';

const NAME = 'auth0-webhooks';
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
const TAGS = [{ Key: 'auth0-webhook', Value: NAME }];
const LEDGER_ACTIONS = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
  (it) => `dynamodb:${it}`,
);

describe.skipIf(!inject('hasMoto'))('what cdk deploy makes', () => {
  let deployment: Deployment;
  let aws: Deployment['emulator']['aws'];
  let outputs: Outputs;
  let ids: ReadonlyMap<string, string>;
  let template: Awaited<ReturnType<typeof deployedTemplate>>;
  const id = (logicalId: RegExp | string) => {
    const found = [...ids].filter(([key]) =>
      typeof logicalId === 'string' ? key === logicalId : logicalId.test(key),
    );
    if (found.length !== 1) throw new Error(`${found.length} resources ${logicalId}`);
    return found[0]?.[1] ?? '';
  };
  const ofType = (type: string) => Object.values(template).filter(({ Type }) => Type === type);

  beforeAll(async () => {
    deployment = await startDeployment();
    aws = deployment.emulator.aws;
    outputs = await deployment.cdk.deploy({ alarmEmail: 'ops@example.com' });
    ids = await physicalIds(deployment.emulator, NAME);
    template = await deployedTemplate(deployment.emulator, NAME);
  });
  afterAll(() => deployment?.stop());

  it('is everything that the template asks for, but saved queries, which moto has none of', () => {
    const asked = Object.entries(template).filter(([, { Type }]) => Type !== 'AWS::Logs::QueryDefinition');

    expect([...ids.keys()].toSorted()).toEqual(asked.map(([logicalId]) => logicalId).toSorted());
    expect(ofType('AWS::Logs::QueryDefinition')).toHaveLength(5);
  });

  it.each([
    ['poller', 55, 1, 384, { AUTH0_SECRET_ID: 'Auth0Secret', ORDER: 'resource' }],
    [
      'deliverer',
      90,
      5,
      256,
      {
        WEBHOOK_SECRET_ID: 'WebhookSecret',
        ATTEMPTS_SIDE_BY_SIDE: '1',
        CONCURRENT_CALLS: '5',
        RETRY_WINDOW_SECONDS: '345600',
        TAKES_LEASE: 'false',
      },
    ],
  ])(
    'runs the %s for %i s at most, %i at a time, with %i MB, and tells it names only',
    async (folder, timeout, reserved, memory, own) => {
      const described = await aws('lambda', 'get_function', { FunctionName: `${NAME}-${folder}` });
      const variables = Object.entries(own).map(([key, value]) => [key, ids.get(value) ?? value]);

      expect(described).toMatchObject({
        Configuration: {
          FunctionArn: arn('lambda', `function:${NAME}-${folder}`),
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          MemorySize: memory,
          Timeout: timeout,
          Role: expect.stringMatching(new RegExp(`^arn:aws:iam::123456789012:role/${NAME}-${folder}`, 'i')),
          PackageType: 'Zip',
        },
        Concurrency: { ReservedConcurrentExecutions: reserved },
      });
      expect(described).toHaveProperty('Configuration.Environment.Variables', {
        WEBHOOK_NAME: NAME,
        TABLE_NAME: id('StateTable'),
        QUEUE_URL: id('EventQueue'),
        DEAD_LETTER_QUEUE_URL: id('DeadLetterQueue'),
        METRICS: 'full',
        ...Object.fromEntries(variables),
      });
    },
  );

  it('runs both on arm64 and logs JSON (by the template: moto passes over both)', () => {
    const functions = ofType('AWS::Lambda::Function').map(({ Properties }) => Properties);

    expect(functions).toHaveLength(2);
    for (const properties of functions) {
      expect(properties).toMatchObject({
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
        Tags: TAGS,
      });
    }
  });

  it('holds no value of a secret in any environment or output', async () => {
    const { values } = await readSettings(deployment.emulator, `${NAME}/webhook`);
    const functions = JSON.stringify(await aws('lambda', 'list_functions'));

    expect(values.WEBHOOK_SIGNING_SECRET).toHaveLength(64);
    expect(functions + JSON.stringify(outputs) + JSON.stringify(template)).not.toContain(
      values.WEBHOOK_SIGNING_SECRET,
    );
  });

  it('maps the queue to the deliverer, ten records at a time, at most five at once', async () => {
    const mapped = await aws('lambda', 'list_event_source_mappings', {});

    expect(mapped).toEqual({
      EventSourceMappings: [
        expect.objectContaining({
          EventSourceArn: arn('sqs', `${NAME}.fifo`),
          FunctionArn: arn('lambda', `function:${NAME}-deliverer`),
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 5 },
          State: 'Enabled',
        }),
      ],
    });
  });

  it('calls the poller every minute, by that rule alone, and never late or twice', async () => {
    const Rule = id(/^PollerSchedule(?!Allow)/);
    const FunctionName = `${NAME}-poller`;
    const { Policy } = z
      .object({ Policy: z.string() })
      .parse(await aws('lambda', 'get_policy', { FunctionName }));

    expect(await aws('events', 'list_rules')).toEqual({
      Rules: [
        expect.objectContaining({ Name: Rule, ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' }),
      ],
    });
    expect(await aws('events', 'list_targets_by_rule', { Rule })).toEqual({
      Targets: [
        {
          Id: 'Target0',
          Arn: arn('lambda', `function:${FunctionName}`),
          Input: JSON.stringify({ [POLL_EVERY_SECONDS]: 60 }),
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        },
      ],
    });
    expect(await aws('lambda', 'get_function_event_invoke_config', { FunctionName })).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
    expect(JSON.parse(Policy).Statement).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': arn('events', `rule/${Rule}`) } },
      }),
    ]);
  });

  it('keeps the state in a protected table on demand that can be restored to any point in time', async () => {
    const TableName = id('StateTable');

    expect(await aws('dynamodb', 'describe_table', { TableName })).toMatchObject({
      Table: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        DeletionProtectionEnabled: true,
        GlobalSecondaryIndexes: [],
      },
    });
    expect(await aws('dynamodb', 'describe_continuous_backups', { TableName })).toMatchObject({
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
      },
    });
    expect(
      await aws('dynamodb', 'list_tags_of_resource', { ResourceArn: arn('dynamodb', `table/${TableName}`) }),
    ).toEqual({ Tags: TAGS });
  });

  it.each([
    ['EventQueue', `${NAME}.fifo`, '540'],
    ['DeadLetterQueue', `${NAME}-dead-letters.fifo`, '30'],
  ])('has the %s as %s, for 14 days, encrypted, TLS only', async (logicalId, name, visibility) => {
    const described = await aws('sqs', 'get_queue_attributes', {
      QueueUrl: id(logicalId),
      AttributeNames: ['All'],
    });
    const { Attributes } = z.object({ Attributes: z.record(z.string(), z.string()) }).parse(described);
    const { RedrivePolicy, Policy = '' } = Attributes;

    expect(Attributes).toMatchObject({
      QueueArn: arn('sqs', name),
      FifoQueue: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      ContentBasedDeduplication: 'false',
      MessageRetentionPeriod: '1209600',
      VisibilityTimeout: visibility,
      DelaySeconds: '0',
      SqsManagedSseEnabled: 'true',
    });
    expect(RedrivePolicy && JSON.parse(RedrivePolicy)).toEqual(
      logicalId === 'EventQueue'
        ? { deadLetterTargetArn: arn('sqs', `${NAME}-dead-letters.fifo`), maxReceiveCount: 1_000 }
        : undefined,
    );
    expect(JSON.parse(Policy).Statement).toEqual([
      {
        Effect: 'Deny',
        Action: 'sqs:*',
        Principal: { AWS: '*' },
        Resource: arn('sqs', name),
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
    expect(await aws('sqs', 'list_queue_tags', { QueueUrl: id(logicalId) })).toEqual({
      Tags: { 'auth0-webhook': NAME },
    });
  });

  it('lets only the event queue dead-letter into the other (by the template: moto passes over it)', () => {
    expect(template.DeadLetterQueue?.Properties.RedriveAllowPolicy).toMatchObject({
      redrivePermission: 'byQueue',
    });
  });

  it('has both secrets with every key empty, but a signing secret of its own', async () => {
    const auth0 = await readSettings(deployment.emulator, `${NAME}/auth0`);
    const webhook = await readSettings(deployment.emulator, `${NAME}/webhook`);
    const { WEBHOOK_SIGNING_SECRET, ...others } = webhook.values;

    expect([auth0.arn, webhook.arn]).toEqual([id('Auth0Secret'), id('WebhookSecret')]);
    expect(Object.keys(auth0.values)).toContain('AUTH0_CLIENT_SECRET');
    expect(new Set([...Object.values(auth0.values), ...Object.values(others)])).toEqual(new Set(['']));
    expect(WEBHOOK_SIGNING_SECRET).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(await aws('secretsmanager', 'describe_secret', { SecretId: auth0.arn })).toMatchObject({
      Tags: TAGS,
    });
  });

  it.each([
    [
      'poller',
      'Auth0Secret',
      [
        { Action: ['sqs:GetQueueAttributes', 'sqs:SendMessage'], Resource: arn('sqs', `${NAME}.fifo`) },
        { Action: 'sqs:GetQueueAttributes', Resource: arn('sqs', `${NAME}-dead-letters.fifo`) },
      ],
    ],
    [
      'deliverer',
      'WebhookSecret',
      [
        {
          Action: [
            'sqs:ChangeMessageVisibility',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'sqs:ReceiveMessage',
          ],
          Resource: arn('sqs', `${NAME}.fifo`),
        },
        { Action: 'sqs:SendMessage', Resource: arn('sqs', `${NAME}-dead-letters.fifo`) },
      ],
    ],
  ])('lets the %s read its own secret and do what it must, nothing else', async (folder, secret, queues) => {
    const RoleName = id(new RegExp(`^${folder}Role(?!Default)`, 'i'));
    const PolicyName = Object.keys(template).find((key) =>
      new RegExp(`^${folder}RoleDefault`, 'i').test(key),
    );
    const allowed = [
      {
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: expect.stringContaining(arn('logs', `log-group:/aws/lambda/${NAME}-${folder}`)),
      },
      { Action: 'secretsmanager:GetSecretValue', Resource: id(secret) },
      { Action: LEDGER_ACTIONS, Resource: arn('dynamodb', `table/${id('StateTable')}`) },
      ...queues,
    ];

    expect(await aws('iam', 'list_role_policies', { RoleName })).toMatchObject({ PolicyNames: [PolicyName] });
    expect(await aws('iam', 'list_attached_role_policies', { RoleName })).toMatchObject({
      AttachedPolicies: [],
    });
    expect(await aws('iam', 'get_role_policy', { RoleName, PolicyName })).toHaveProperty(
      'PolicyDocument.Statement',
      allowed.map((statement) => ({ Effect: 'Allow', ...statement })),
    );
    expect(await aws('iam', 'get_role', { RoleName })).toHaveProperty(
      'Role.AssumeRolePolicyDocument.Statement',
      [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    );
  });

  it('keeps both logs for 30 days', async () => {
    const groups = ['deliverer', 'poller'].map((folder) =>
      expect.objectContaining({ logGroupName: `/aws/lambda/${NAME}-${folder}`, retentionInDays: 30 }),
    );

    expect(await aws('logs', 'describe_log_groups')).toEqual({ logGroups: groups });
  });

  it('tells people of every alarm that the template has, as it has it', async () => {
    const TopicArn = id(/^MonitoringTopic(?!Policy|ops)/);
    const { MetricAlarms } = z
      .object({ MetricAlarms: z.array(z.looseObject({ AlarmName: z.string() })) })
      .parse(await aws('cloudwatch', 'describe_alarms'));
    const asked = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    const keys = [
      'Threshold',
      'EvaluationPeriods',
      'DatapointsToAlarm',
      'ComparisonOperator',
      'TreatMissingData',
    ];

    expect(MetricAlarms).toHaveLength(asked.length);
    for (const alarm of MetricAlarms) {
      const properties = asked.find(({ AlarmName }) => AlarmName === alarm.AlarmName);
      expect(keys.map((key) => alarm[key])).toEqual(keys.map((key) => properties?.[key]));
      expect(alarm).toMatchObject({ AlarmActions: [TopicArn], ActionsEnabled: true });
    }

    expect(await aws('sns', 'list_subscriptions_by_topic', { TopicArn })).toMatchObject({
      Subscriptions: [{ Protocol: 'email', Endpoint: 'ops@example.com' }],
    });
    expect(JSON.stringify(await aws('sns', 'get_topic_attributes', { TopicArn }))).toContain(
      'AllowPublishThroughSSLOnly',
    );
  });

  it('has a dashboard whose widgets name what exists', async () => {
    const dashboard = await aws('cloudwatch', 'get_dashboard', { DashboardName: `${NAME}-eu-west-1` });
    const { DashboardBody } = z.object({ DashboardBody: z.string() }).parse(dashboard);
    const { widgets } = z.object({ widgets: z.array(z.unknown()) }).parse(JSON.parse(DashboardBody));

    expect(widgets.length).toBeGreaterThan(5);
    for (const name of [`${NAME}-poller`, `${NAME}-deliverer`, `${NAME}.fifo`, `${NAME}-dead-letters.fifo`]) {
      expect(DashboardBody).toContain(name);
    }

    expect(DashboardBody).not.toContain('${'); // nothing that CloudFormation left unresolved
  });

  it('is on a new account, which may reserve no concurrency, the same but for that', async () => {
    const name = 'new-account';
    await deployment.cdk.deploy({ name, reserveConcurrency: 'false', monitoring: 'essential' });
    const reserved = ['poller', 'deliverer'].map((folder) =>
      aws('lambda', 'get_function_concurrency', { FunctionName: `${name}-${folder}` }),
    );

    expect(await Promise.all(reserved)).toEqual([{}, {}]);
    expect(
      await aws('lambda', 'list_event_source_mappings', { FunctionName: `${name}-deliverer` }),
    ).toMatchObject({ EventSourceMappings: [{ ScalingConfig: { MaximumConcurrency: 5 } }] });
  });
});
