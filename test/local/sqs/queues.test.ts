import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  InvalidMessageContents,
  type Message,
  MessageNotInflight,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientOf } from '../../../local/services/identity.ts';
import { queueArn, startQueues } from '../../../local/sqs/queues.ts';
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
          MessageDeduplicationId: body.slice(0, 128),
        }),
      ),
    remove: (message: Message | undefined) =>
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })),
    receive: async (name = 'events.fifo', WaitTimeSeconds = 0): Promise<readonly Message[]> => {
      const command = new ReceiveMessageCommand({
        QueueUrl: service.urlOf(name),
        MaxNumberOfMessages: 10,
        WaitTimeSeconds,
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

    expect(bodies(await before.receive())).toEqual(['a1', 'a2', 'a3']);
    await before.close();

    const after = await start(folder);
    onTestFinished(after.close);
    const again = await after.receive();

    expect(again.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ['a1', '2'],
      ['a2', '2'],
      ['a3', '2'],
    ]);
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
    const [message, follower] = await queues.receive();

    await queues.hide(message, 0);
    const blocked = await queues.receive();
    await queues.hide(follower, 0);

    const [again] = await queues.receive();

    expect(blocked).toEqual([]); // its follower is still in flight
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

  it('gives many of the first free group, then of the next, and none behind a hidden one', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);
    for (const body of ['a1', 'b1', 'a2', 'c1']) await queues.send(body, body.charAt(0));
    const first = await queues.receive();
    await queues.hide(first[0], 0);
    await queues.send('b2', 'b');
    await queues.send('d1', 'd');

    const second = await queues.receive();

    expect(bodies(first)).toEqual(['a1', 'a2', 'b1', 'c1']);
    expect(bodies(second)).toEqual(['d1']); // a2, b1 and c1 are in flight
  });

  it('drops what was sent before, in its group or in all of the queue', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);
    await queues.send('same', 'a');
    await queues.send('same', 'b');
    queues.service.createQueue('events.fifo', { ...FIFO, DeduplicationScope: 'messageGroup' });
    await queues.send('same', 'c');
    await queues.send('same', 'c');

    const messages = await queues.receive();

    expect(messages.map(({ Attributes }) => Attributes?.MessageGroupId)).toEqual(['a', 'c']);
  });

  it('moves what was received too often to the dead-letter queue, with its id', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);
    queues.service.createQueue('dead.fifo', FIFO);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead.fifo'), maxReceiveCount: 2 });
    queues.service.createQueue('events.fifo', { ...FIFO, RedrivePolicy });
    const { MessageId } = await queues.send('a1', 'a');
    for (let count = 0; count < 2; count += 1) await queues.hide((await queues.receive())[0], 0);

    const third = await queues.receive();

    const [dead] = await queues.receive('dead.fifo');

    expect(third).toEqual([]);
    expect([dead?.MessageId, dead?.Attributes?.ApproximateReceiveCount]).toEqual([MessageId, '3']);
  });

  it('waits for a message, and is woken by its arrival', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);

    const waiting = queues.receive('events.fifo', 20);
    const started = performance.now();
    await queues.send('a1', 'a');

    expect(bodies(await waiting)).toEqual(['a1']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('refuses a receipt that is over, a message that is too large or no text for SQS, and a queue that does not exist', async () => {
    const queues = await start(await temporaryDirectory());
    onTestFinished(queues.close);
    await queues.send('a1', 'a');
    const [message] = await queues.receive();
    await queues.hide(message, 0);

    await expect(queues.hide(message, 5)).rejects.toThrow(MessageNotInflight);
    await expect(queues.remove(message)).rejects.toThrow('expired');
    await expect(queues.send('x'.repeat(1024 * 1024 + 1), 'a')).rejects.toThrow('must be shorter');
    await expect(queues.send('not\ufffe', 'a')).rejects.toThrow(InvalidMessageContents);
    await expect(queues.receive('none.fifo')).rejects.toThrow(QueueDoesNotExist);
  });
});
