import { describe, expect, it } from 'vitest';
import { theResource, webhookTemplate } from './template.ts';

const template = webhookTemplate();
const QUEUE = 'AWS::SQS::Queue';

const COMMON = {
  FifoQueue: true,
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
  MessageRetentionPeriod: 1_209_600, // 14 days
  MaximumMessageSize: 1_048_576, // 1 MiB, SQS's most
  SqsManagedSseEnabled: true,
  Tags: [{ Key: 'auth0-webhook', Value: 'auth0-webhooks' }],
};

describe('queues', () => {
  it('holds events for 14 days in high-throughput mode, hidden for six time-outs of the function', () => {
    expect(template.findResources(QUEUE).EventQueue?.Properties).toEqual({
      ...COMMON,
      QueueName: 'auth0-webhooks.fifo',
      VisibilityTimeout: 540,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] },
        maxReceiveCount: 1_000,
      },
    });
  });

  it('takes dead letters from the event queue alone', () => {
    const ref = (pseudo: string) => ({ Ref: `AWS::${pseudo}` });
    const parts = [
      'arn:',
      ref('Partition'),
      ':sqs:',
      ref('Region'),
      ':',
      ref('AccountId'),
      ':auth0-webhooks.fifo',
    ];

    expect(template.findResources(QUEUE).DeadLetterQueue?.Properties).toEqual({
      ...COMMON,
      QueueName: 'auth0-webhooks-dead-letters.fifo',
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [{ 'Fn::Join': ['', parts] }],
      },
    });
  });

  it.each(['EventQueue', 'DeadLetterQueue'])(
    'refuses calls to %s that are not over TLS, and says nothing else',
    (queue) => {
      const { definition } = theResource(template, 'AWS::SQS::QueuePolicy', { Queues: [{ Ref: queue }] });

      expect(definition.Properties.PolicyDocument.Statement).toEqual([
        {
          Effect: 'Deny',
          Action: 'sqs:*', // a denial
          Principal: { AWS: '*' },
          Resource: { 'Fn::GetAtt': [queue, 'Arn'] },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]);
    },
  );
});
