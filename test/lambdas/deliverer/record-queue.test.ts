import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { createRecordQueue } from '../../../lambdas/deliverer/record-queue.ts';
import { parseRecords } from '../../../lambdas/deliverer/records.ts';
import { createEventQueue } from '../../../lambdas/shared/queue/event-queue.ts';
import { asRecord, received, webhookMessage } from '../../support/messages.ts';
import { eventQueues } from '../../support/services.ts';

async function withMessage() {
  const queues = await eventQueues();
  const urls = { queueUrl: queues.events.url, deadLetterQueueUrl: queues.deadLetters.url };
  const sender = createEventQueue(queues.client, { ...urls, sleep: async () => {} });
  await sender.send([webhookMessage()], 'resource');
  const taken = async () => (await received(queues.client, queues.events.url)).map(asRecord);
  const records = await taken();
  const { ours } = parseRecords(records);
  const [record] = ours;
  const [raw] = records;
  if (!record || !raw) throw new Error('nothing was received');
  return {
    ...queues,
    record,
    raw,
    taken,
    queue: createRecordQueue(queues.client, urls.queueUrl, urls.deadLetterQueueUrl),
  };
}

it('what was sent is what is received', async () => {
  const { record } = await withMessage();

  expect(record).toMatchObject({ message: webhookMessage(), group: 'users/auth0|1', receiveCount: 1 });
  expect(Math.abs(Date.now() - record.sentAt)).toBeLessThan(60_000);
});

it('a postponed message is hidden as long as said', async () => {
  const { record, queue, taken } = await withMessage();

  expect(await taken()).toEqual([]);
  expect(await queue.hide([{ record, seconds: 0 }])).toEqual([]);
  expect(await taken()).toMatchObject([
    { messageId: record.messageId, attributes: { ApproximateReceiveCount: '2' } },
  ]);
});

it('a dead letter is the same event, with reason, status and attempts', async () => {
  const { record, queue, client, deadLetters } = await withMessage();
  await queue.deadLetter(record, { reason: 'status', status: 500, attempts: 7 });
  const [letter] = await received(client, deadLetters.url);
  if (!letter) throw new Error('nothing was dead-lettered');
  const raw = asRecord(letter);

  expect(parseRecords([raw]).ours).toMatchObject([{ message: webhookMessage(), group: 'users/auth0|1' }]);
  expect(raw.messageAttributes).toMatchObject({
    reason: { stringValue: 'status' },
    status: { stringValue: '500' },
    attempts: { stringValue: '7' },
  });
});

it('an event that comes back at once after a redrive is not dropped as a duplicate', async () => {
  const { record, queue, client, deadLetters } = await withMessage();
  await queue.deadLetter(record, { reason: 'dns', status: undefined, attempts: 1 });
  const [first] = await received(client, deadLetters.url);
  await client.send(
    new DeleteMessageCommand({ QueueUrl: deadLetters.url, ReceiptHandle: first?.ReceiptHandle }),
  );
  await queue.deadLetter(
    { ...record, messageId: 'id-after-redrive' },
    { reason: 'dns', status: undefined, attempts: 1 },
  );

  expect(await received(client, deadLetters.url)).toHaveLength(1);
});

it('a message that is none of ours goes there too, and says so', async () => {
  const { raw, queue, client, deadLetters } = await withMessage();
  const foreign = { ...raw, body: 'hello', messageAttributes: {} };

  expect(parseRecords([foreign])).toEqual({ ours: [], foreign: [foreign] });
  await queue.deadLetterForeign(foreign);

  expect(await received(client, deadLetters.url)).toMatchObject([
    { Body: 'hello', MessageAttributes: { reason: { StringValue: 'not-an-event' } } },
  ]);
});
