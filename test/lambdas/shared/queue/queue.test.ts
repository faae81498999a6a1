import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { countMessages, isEmpty } from '../../../../lambdas/shared/queue/count.ts';
import { moved } from '../../../../lambdas/shared/queue/queue.ts';
import { deleteMessage, receiveMessages } from '../../../../lambdas/shared/queue/receive.ts';
import { sendMessage, sendMessages } from '../../../../lambdas/shared/queue/send.ts';
import { eventQueues } from '../../../support/services.ts';

const message = (group: string) => ({
  body: `{"of":"${group}"}`,
  group,
  deduplicationId: `d-${group}`,
  attributes: { log_id: `id-${group}`, ordinal: '0' },
});
const at = { most: 10, hiddenSeconds: 60 };

it('sends, counts, receives and deletes', async () => {
  const { client, events } = await eventQueues();
  const queue = { client, url: events.url };

  const refused = await sendMessages(queue, [message('a'), message('b')]);
  const [first, second] = await receiveMessages(queue, at);
  const counts = await countMessages(queue);
  await deleteMessage(queue, first?.receiptHandle ?? '');
  await deleteMessage(queue, second?.receiptHandle ?? '');

  expect(refused).toEqual(new Set());
  expect([first, second]).toMatchObject([
    { ...message('a'), receiveCount: 1 },
    { ...message('b'), receiveCount: 1 },
  ]);
  expect(counts).toEqual({ visible: 0, hidden: 2, delayed: 0 });
  expect(await isEmpty(queue)).toBe(true);
});

it('a move keeps body, group and attributes, and is not taken for the event that was sent before', async () => {
  const { client, events, deadLetters } = await eventQueues();
  const queue = { client, url: events.url };
  const target = { client, url: deadLetters.url };
  await sendMessage(queue, message('a'));
  const [received] = await receiveMessages(queue, at);
  if (!received) throw new Error('nothing was received');

  await sendMessage(target, moved(received, { reason: 'status' }));

  expect(await receiveMessages(target, at)).toMatchObject([
    {
      body: '{"of":"a"}',
      group: 'a',
      deduplicationId: received.messageId,
      attributes: { log_id: 'id-a', ordinal: '0', reason: 'status' },
    },
  ]);
});

it('what an answer does not say that SQS has taken counts as refused', async () => {
  const answer = { Successful: [{ Id: '0' }] };
  const client = { send: async () => answer } as unknown as SQSClient;

  const refused = await sendMessages({ client, url: 'https://sqs' }, [message('a'), message('b')]);

  expect(refused).toEqual(new Set([1]));
});

it.each([
  {},
  { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
  {
    ApproximateNumberOfMessages: 'many',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
  },
])('a count that the answer %j does not say is not taken for 0', async (Attributes) => {
  const client = { send: async () => ({ Attributes }) } as unknown as SQSClient;

  await expect(isEmpty({ client, url: 'https://sqs' })).rejects.toThrow('SQS does not say');
});
