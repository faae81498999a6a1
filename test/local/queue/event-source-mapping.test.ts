import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hostFunction } from '../../../local/host/function.ts';
import type { InvocationResult } from '../../../local/host/invocation.ts';
import { startEventSourceMapping } from '../../../local/queue/event-source-mapping.ts';
import { mappedQueue } from '../../../local/queue/mapped-queue.ts';
import { clientOf } from '../../../local/services/identity.ts';
import { queueArn, startQueues } from '../../../local/sqs/queues.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { throwAwayFunction } from '../support/throw-away-function.ts';

const SUCCESS: InvocationResult = { kind: 'success', payload: 'null' };

interface Options {
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  readonly maximumConcurrency?: number;
  readonly visibilitySeconds?: number;
}

async function map({ invoke, maximumConcurrency = 2, visibilitySeconds = 30 }: Options) {
  const queues = await startQueues(await temporaryDirectory());
  queues.createQueue('events.fifo', { FifoQueue: 'true', VisibilityTimeout: String(visibilitySeconds) });
  const client = new SQSClient(clientOf(queues.url));
  const queueUrl = queues.urlOf('events.fifo');
  const problems: string[] = [];
  const mapping = startEventSourceMapping({
    queue: mappedQueue(queues, queueUrl),
    queueArn: queueArn('events.fifo'),
    region: 'us-east-1',
    batchSize: 10,
    maximumConcurrency,
    reportsBatchItemFailures: true,
    visibilitySeconds,
    invoke,
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(async () => {
    await mapping.stop();
    client.destroy();
    await queues.close();
  });
  const counts = async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
    const { Attributes } = await client.send(command);
    return {
      visible: Number(Attributes?.ApproximateNumberOfMessages),
      hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
    };
  };
  return {
    mapping,
    problems,
    send: (body: string, MessageGroupId: string) =>
      client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageGroupId,
          MessageDeduplicationId: body,
          MessageAttributes: { batch: { DataType: 'String', StringValue: 'batch#1' } },
        }),
      ),
    counts,
    async left(): Promise<number> {
      const { visible, hidden } = await counts();
      return visible + hidden;
    },
  };
}

function bodies(payload: string): readonly string[] {
  return JSON.parse(payload).Records.map(({ body }: { body: string }) => body);
}

describe('startEventSourceMapping', () => {
  it("invokes with SQS's event and deletes what succeeded", async () => {
    const invoke = vi.fn(async (_: string) => SUCCESS);
    const { send, left } = await map({ invoke });

    await send('one', 'a');
    await vi.waitFor(async () => expect(await left()).toBe(0));

    const [payload = ''] = invoke.mock.calls[0] ?? [];

    expect(JSON.parse(payload)).toEqual({
      Records: [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: 'one',
          attributes: expect.objectContaining({
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            MessageGroupId: 'a',
            MessageDeduplicationId: 'one',
            SequenceNumber: expect.stringMatching(/^\d{20}$/),
          }),
          messageAttributes: {
            batch: { stringValue: 'batch#1', dataType: 'String', stringListValues: [], binaryListValues: [] },
          },
          md5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
          md5OfMessageAttributes: expect.any(String),
          eventSource: 'aws:sqs',
          eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:events.fifo',
          awsRegion: 'us-east-1',
        },
      ],
    });
  });

  it('gives back only the records that a real function reports, after their visibility time-out', async () => {
    const definition = await throwAwayFunction(`export const handler = async ({ Records }) => ({
      batchItemFailures: Records.filter(({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1')
        .map(({ messageId }) => ({ itemIdentifier: messageId })) })`);
    const hosted = hostFunction(definition, { variables: {}, onLine: () => {} });
    onTestFinished(() => hosted.close());
    const seen: string[] = [];
    const { send, left } = await map({
      visibilitySeconds: 1,
      maximumConcurrency: 1,
      invoke: (payload) => {
        seen.push(...bodies(payload));
        return hosted.invoke(payload);
      },
    });

    await Promise.all([send('good', 'a'), send('bad', 'b')]);
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 5_000 });

    expect(seen.toSorted()).toEqual(['bad', 'bad', 'good']);
  });

  it('leaves the whole batch when the function fails, and tells why', async () => {
    const invoke = vi.fn(
      async (_: string): Promise<InvocationResult> => ({
        kind: 'error',
        errorType: 'Sandbox.Timedout',
        message: 'Task timed out',
      }),
    );
    const { send, left, problems, mapping } = await map({ invoke });

    await send('one', 'a');
    await vi.waitFor(() => expect(problems).toEqual(['Sandbox.Timedout: Task timed out']));
    await mapping.stop();

    expect(await left()).toBe(1);
  });

  it('never has more invocations at a time than its maximum', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const { send, left } = await map({
      maximumConcurrency: 2,
      async invoke() {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 30));
        running -= 1;
        done += 1;
        return SUCCESS;
      },
    });

    for (let index = 0; index < 12; index += 1) await send(`m${index}`, `g${index}`);
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 5_000 });

    expect([most, done > 2]).toEqual([2, true]);
  });

  it('tries a throttled invocation again while the messages are hidden', async () => {
    const results: InvocationResult[] = [{ kind: 'throttled' }, SUCCESS];
    const invoke = vi.fn(async (_: string) => results.shift() ?? SUCCESS);
    const { send, left } = await map({ invoke });

    await send('one', 'a');
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 5_000 });

    const attributes = invoke.mock.calls.map(([payload]) => JSON.parse(payload).Records[0].attributes);

    expect(attributes.map(({ ApproximateReceiveCount }) => ApproximateReceiveCount)).toEqual(['1', '1']);
  });

  it('ends the invocation in flight and deletes its messages before it has stopped', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<InvocationResult>();
    const { send, left, mapping } = await map({
      invoke() {
        started.resolve();
        return finish.promise;
      },
    });
    await send('one', 'a');
    await started.promise;

    const stopped = mapping.stop();
    finish.resolve(SUCCESS);
    await stopped;

    expect(await left()).toBe(0);
  });

  it('receives one batch ahead while the function is busy, and gives it back when it stops', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<InvocationResult>();
    const invoke = vi.fn((_: string) => {
      started.resolve();
      return finish.promise;
    });
    const { send, counts, mapping } = await map({ invoke, maximumConcurrency: 1 });
    await send('one', 'a');
    await started.promise;

    await send('two', 'b');
    await vi.waitFor(async () => expect(await counts()).toEqual({ visible: 0, hidden: 2 }));
    await send('three', 'c');
    const whileBusy = await counts();
    const stopped = mapping.stop();
    finish.resolve(SUCCESS);
    await stopped;

    expect(whileBusy).toEqual({ visible: 1, hidden: 2 });
    expect(await counts()).toEqual({ visible: 2, hidden: 0 });
    expect(invoke).toHaveBeenCalledTimes(1);
  });

  it('hands out nothing of a group while an earlier message of it is not deleted', async () => {
    const seen: string[][] = [];
    let running = 0;
    let most = 0;
    const { send, left } = await map({
      maximumConcurrency: 3,
      async invoke(payload) {
        seen.push([...bodies(payload)]);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running -= 1;
        return SUCCESS;
      },
    });

    for (let index = 0; index < 25; index += 1) await send(String(index), 'a');
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 5_000 });

    expect(most).toBe(1);
    expect(seen.flat()).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
  });
});
