import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.ts';

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

/** Writes a name within a text as CloudFormation does. */
const sub = (name: string) => `$\{${name}}`;

/**
 * Resources in CDK's form: one table, two queues, two functions, two secrets, a mapping and a rule.
 */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  StateTable: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [{ Region: { Ref: 'AWS::Region' } }],
    },
  },
  DeadLetters: {
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName: 'hook-dead-letters.fifo', FifoQueue: true },
  },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'hook.fifo',
      FifoQueue: true,
      VisibilityTimeout: 540,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 1000 },
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  },
  Auth0Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'hook/auth0', SecretString: '{"A":""}' },
  },
  WebhookSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: 'hook/webhook',
      GenerateSecretString: {
        SecretStringTemplate: '{"WEBHOOK_URL":""}',
        GenerateStringKey: 'WEBHOOK_SIGNING_SECRET',
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    },
  },
  Poller: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: 'index.handler',
      Timeout: 55,
      MemorySize: 512,
      ReservedConcurrentExecutions: 1,
      Environment: {
        Variables: {
          QUEUE_URL: { Ref: 'Queue' },
          TABLE_NAME: { Ref: 'StateTable' },
          AUTH0_SECRET_ID: { Ref: 'Auth0Secret' },
          PLACE: { 'Fn::Sub': `in ${sub('AWS::Region')} by ${sub('Queue.QueueName')}` },
          JOINED: { 'Fn::Join': [':', ['a', { Ref: 'AWS::Partition' }]] },
        },
      },
      Code: { S3Bucket: 'cdk-assets', S3Key: 'aaa.zip' },
    },
  },
  Deliverer: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'hook-deliverer',
      Handler: 'index.handler',
      Timeout: 90,
      Code: { S3Key: 'bbb.zip' },
    },
  },
  Records: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: { Ref: 'Deliverer' },
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    },
  },
  Schedule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [
        { Id: 'Target0', Arn: { 'Fn::GetAtt': ['Poller', 'Arn'] }, RetryPolicy: { MaximumRetryAttempts: 0 } },
      ],
    },
  },
  Custom: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'inline' } } },
};

/**
 * Writes a cloud assembly with these resources. Its stack is `hook`.
 * @returns the assembly's folder
 */
export async function writeAssembly(
  resources: Readonly<Record<string, Resource>> = RESOURCES,
): Promise<string> {
  const folder = await temporaryDirectory();
  const files = Object.fromEntries(
    ['aaa', 'bbb'].map((hash) => [hash, { source: { path: `asset.${hash}` } }]),
  );
  const artifacts = {
    'hook.assets': { type: 'cdk:asset-manifest', properties: { file: 'hook.assets.json' } },
    hook: { type: 'aws:cloudformation:stack', properties: { templateFile: 'hook.template.json' } },
  };
  await mkdir(join(folder, 'asset.aaa'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
  await writeFile(join(folder, 'hook.assets.json'), JSON.stringify({ files }));
  const Parameters = { BootstrapVersion: { Type: 'String', Default: '/cdk/version' } };
  await writeFile(join(folder, 'hook.template.json'), JSON.stringify({ Resources: resources, Parameters }));
  return folder;
}
