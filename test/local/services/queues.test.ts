import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientOf } from '../../../local/services/identity.ts';
import { startQueues } from '../../../local/services/queues.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const FIFO = { FifoQueue: 'true', VisibilityTimeout: '60' };

async function start(folder: string) {
  const service = await startQueues(folder);
  service.createQueue('events.fifo', FIFO);
  const client = new SQSClient(clientOf(service.url));
  const QueueUrl = service.urlOf('events.fifo');
  const close = async () => {
    client.destroy();
    await service.close();
  };
  return {
    service,
    close,
    send: (body: string, group: string) =>
      client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: body,
        }),
      ),
    receive: async (): Promise<readonly Message[]> => {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
      });
      return (await client.send(command)).Messages ?? [];
    },
    hide: (message: Message | undefined, seconds: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout: seconds,
        }),
      ),
    attributes: async () =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes,
  };
}

function bodies(messages: readonly Message[]): readonly (string | undefined)[] {
  return messages.map(({ Body }) => Body);
}

describe('startQueues', () => {
  it('listens on the loopback interface only', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);

    expect(new URL(queues.service.url).hostname).toBe('127.0.0.1');
  });

  it('keeps messages over a restart, in order, and what an invocation held is ready at once', async () => {
    const folder = await temporaryDirectory();
    const before = await start(folder);
    for (const body of ['a1', 'a2', 'a3']) await before.send(body, 'a');
    expect(bodies(await before.receive())).toEqual(['a1']);
    await before.close();

    const after = await start(folder);
    onTestFinished(after.close);
    const [message, ...others] = await after.receive();

    expect([message?.Body, message?.Attributes?.ApproximateReceiveCount, others]).toEqual(['a1', '2', []]);
  });

  it('keeps a retry delay over a restart', async () => {
    const folder = await temporaryDirectory();
    const before = await start(folder);
    await before.send('a1', 'a');
    await before.send('b1', 'b');
    const [first] = await before.receive();
    await before.hide(first, 600);
    await before.close();

    const after = await start(folder);
    onTestFinished(after.close);

    expect(bodies(await after.receive())).toEqual(['b1']);
  });

  it('gives a message back at once when its visibility is set to 0', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);
    await queues.send('a1', 'a');
    await queues.send('a2', 'a');
    const [message] = await queues.receive();

    await queues.hide(message, 0);

    const [again] = await queues.receive();
    expect([again?.Body, again?.Attributes?.ApproximateReceiveCount]).toEqual(['a1', '2']);
  });

  it('gives an existing queue the attributes of a changed template, and keeps its messages', async () => {
    const folder = await temporaryDirectory();
    const queues = await start(folder);
    onTestFinished(queues.close);
    await queues.send('a1', 'a');

    queues.service.createQueue('events.fifo', { ...FIFO, VisibilityTimeout: '90' });

    expect(await queues.attributes()).toMatchObject({
      VisibilityTimeout: '90',
      ApproximateNumberOfMessages: '1',
    });
  });
});
