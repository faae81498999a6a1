import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAssembly } from '../../../local/template/assembly.ts';
import { type Pipeline, readPipeline } from '../../../local/template/pipeline.ts';
import { RESOURCES, writeAssembly } from '../support/assembly.ts';

const urlOf = (name: string) => `http://127.0.0.1:1/${name}`;

async function pipelineOf(resources = RESOURCES): Promise<Pipeline & { readonly folder: string }> {
  const folder = await writeAssembly(resources);
  return { ...readPipeline(await readAssembly(folder, 'hook'), urlOf), folder };
}

describe('readPipeline', () => {
  it('reads the table with its keys', async () => {
    const { table } = await pipelineOf();

    expect(table).toMatchObject({
      name: 'StateTable',
      keySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
    });
  });

  it('reads the queues with their attributes as SQS takes them', async () => {
    const { queues } = await pipelineOf();

    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:hook-dead-letters.fifo';

    expect(queues.find(({ name }) => name === 'hook.fifo')?.attributes).toEqual({
      FifoQueue: 'true',
      VisibilityTimeout: '540',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1000 }),
    });
  });

  it('finds the poller behind the schedule, with its references resolved and its bundle', async () => {
    const { poller, schedule, folder } = await pipelineOf();

    expect(schedule.expression).toBe('rate(1 minute)');
    expect(poller).toMatchObject({
      name: 'Poller',
      folder: join(folder, 'asset.aaa'),
      handler: 'index.handler',
      timeoutSeconds: 55,
      memoryMb: 512,
      reservedConcurrency: 1,
      environment: {
        QUEUE_URL: 'http://127.0.0.1:1/hook.fifo',
        TABLE_NAME: 'StateTable',
        AUTH0_SECRET_ID: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:hook/auth0-local0',
        PLACE: 'in us-east-1 by hook.fifo',
        JOINED: 'a:aws',
      },
    });
  });

  it('finds the delivery function behind the mapping, and the queues on both sides of it', async () => {
    const { deliverer, mapping } = await pipelineOf();

    expect(deliverer).toMatchObject({
      name: 'hook-deliverer',
      timeoutSeconds: 90,
      reservedConcurrency: undefined,
    });
    expect(mapping).toMatchObject({ batchSize: 10, maximumConcurrency: 5, reportsBatchItemFailures: true });
    expect([mapping.queue.name, mapping.deadLetterQueue.name]).toEqual([
      'hook.fifo',
      'hook-dead-letters.fifo',
    ]);
  });

  it('makes the values of the secrets as Secrets Manager would', async () => {
    const { secrets } = await pipelineOf();

    const [auth0, webhook] = secrets;

    expect([auth0?.name, auth0?.initialValue()]).toEqual(['hook/auth0', '{"A":""}']);
    expect([webhook?.name, JSON.parse(webhook?.initialValue() ?? '')]).toEqual([
      'hook/webhook',
      { WEBHOOK_URL: '', WEBHOOK_SIGNING_SECRET: expect.stringMatching(/^[A-Za-z0-9]{64}$/) },
    ]);
    expect(webhook?.initialValue()).not.toBe(webhook?.initialValue());
  });

  it.each([
    ['StateTable', 'One DynamoDB table expected in the template, found 0.'],
    ['Records', 'One event source mapping expected in the template, found 0.'],
    ['Schedule', 'One rule with a schedule expected in the template, found 0.'],
    ['Poller', 'The template refers to Poller, which it does not hold.'],
  ])('says so when %s is missing', async (id, message) => {
    const { [id]: _, ...others } = RESOURCES;

    await expect(pipelineOf(others)).rejects.toThrow(message);
  });

  it('names the resource and the property that it cannot read', async () => {
    const Records = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: 'x', EventSourceArn: 'y' },
    };

    await expect(pipelineOf({ ...RESOURCES, Records })).rejects.toThrow(
      /cannot read AWS::Lambda::EventSourceMapping Records: ScalingConfig/,
    );
  });

  it('says so when a name is not plain text', async () => {
    const Auth0Secret = {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Name: { Ref: 'AWS::StackName' } },
    };

    await expect(pipelineOf({ ...RESOURCES, Auth0Secret })).rejects.toThrow(
      /name of AWS::SecretsManager::Secret Auth0Secret/,
    );
  });

  it('names an intrinsic function that it does not know', async () => {
    const Queue = {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'hook.fifo', DelaySeconds: { 'Fn::Select': [0, [1, 2]] } },
    };

    await expect(pipelineOf({ ...RESOURCES, Queue })).rejects.toThrow('does not know this use of Fn::Select');
  });
});
